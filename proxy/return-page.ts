/**
 * Where a shopper lands who comes back from a payment page, when the merchant named no page to go on
 * to. It says nothing about the payment: the page that the shopper came from knows.
 * @module
 */

/** A page without script, style or anything fetched. */
export const returnPage = (): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Payment</title>
<h1>Thank you</h1>
<p>You can close this window and go back to the shop. It shows how your payment went.</p>
</html>
`
