/**
 * From `vectors.json`, key `paycrypto`, literally: requests as the official SDKs sign them, and the
 * webhook that the Java SDK publishes.
 *
 * @module
 */

export const API_KEY = '00112233445566778899aabbccddeeff'
export const API_SECRET = '5f0c1d2e-3a4b-4c5d-8e6f-708192a3b4c5'

export const REQUESTS = [
  {
    id: 'P1-flat-post',
    timestamp: 1760000000001,
    method: 'POST',
    path: '/api/v1/payment',
    query: '',
    body: {
      currency: 'USDT-TRC20',
      amount: '12.50',
      cust_order_id: 'ord-1001',
    },
    signString:
      '1760000000001POST00112233445566778899aabbccddeeff/api/v1/paymentamount=12.50&currency=USDT-TRC20&cust_order_id=ord-1001',
    signature: 'qKYdZzZL+Yn/3z6go5MZ3r4mcjwNxyEY1OUVtltxUiM=',
    authorization:
      'Inst:00112233445566778899aabbccddeeff:1760000000001:qKYdZzZL+Yn/3z6go5MZ3r4mcjwNxyEY1OUVtltxUiM=',
  },
  {
    id: 'P2-nested-unicode-slash',
    timestamp: 1760000000002,
    method: 'POST',
    path: '/api/v1/payment',
    query: '',
    body: {
      return_url: 'https://shop.example/done?a=1&b=2',
      notify_url: 'https://shop.example/hook',
      currency: 'USD',
      cust_order_id: 'ord-1002',
      amount: '100.05',
      company_name: 'Çilek Ltd',
      expire: 1760003600000,
      customer: {
        zipcode: '00100',
        notify_email: 'buyer@shop.example',
        first_name: 'Ayşe',
        address: '1/2 Main St "B"',
      },
    },
    signString:
      '1760000000002POST00112233445566778899aabbccddeeff/api/v1/paymentamount=100.05&company_name=Çilek Ltd&currency=USD&cust_order_id=ord-1002&customer={"address":"1/2 Main St \\"B\\"","first_name":"Ayşe","notify_email":"buyer@shop.example","zipcode":"00100"}&expire=1760003600000&notify_url=https://shop.example/hook&return_url=https://shop.example/done?a=1&b=2',
    signature: 'pvDuvy9wOtm6VSz//vHDZrkChq9kVSgVMZeldnIS8b4=',
    authorization:
      'Inst:00112233445566778899aabbccddeeff:1760000000002:pvDuvy9wOtm6VSz//vHDZrkChq9kVSgVMZeldnIS8b4=',
  },
  {
    id: 'P3-get-plain-query',
    timestamp: 1760000000003,
    method: 'GET',
    path: '/api/v1/orders',
    query: 'cust_order_id=ord-1001',
    body: null,
    signString:
      '1760000000003GET00112233445566778899aabbccddeeff/api/v1/orders?cust_order_id=ord-1001',
    signature: 'XTWlwvoyakWrbw9ZrYrIfKA7/WdmYAA+Cmf5+xjDghQ=',
    authorization:
      'Inst:00112233445566778899aabbccddeeff:1760000000003:XTWlwvoyakWrbw9ZrYrIfKA7/WdmYAA+Cmf5+xjDghQ=',
  },
  {
    id: 'P6-post-empty-object',
    timestamp: 1760000000006,
    method: 'POST',
    path: '/api/v1/events/test',
    query: '',
    body: {},
    signString: '1760000000006POST00112233445566778899aabbccddeeff/api/v1/events/test',
    signature: 'NqqUn3ALpAx/zqfl9qPvXq5Rk+3rxYhzx8Qk7HjSKrQ=',
    authorization:
      'Inst:00112233445566778899aabbccddeeff:1760000000006:NqqUn3ALpAx/zqfl9qPvXq5Rk+3rxYhzx8Qk7HjSKrQ=',
  },
]

export const WEBHOOK = {
  id: 'W1',
  timestampHeader: '1760000100001',
  webhookSecret: '0123456789abcdef0123456789abcdef',
  rawBody:
    '{"action":"order_result","events":["{\\"id\\":\\"ev-1\\",\\"create_time\\":1760000099000,\\"params\\":{\\"order_id\\":\\"p25100900000000001\\",\\"cust_order_id\\":\\"ord-1001\\",\\"status\\":1}}"]}',
  signString:
    '1760000100001ORDER_RESULTaction=order_result&events=["{\\"id\\":\\"ev-1\\",\\"create_time\\":1760000099000,\\"params\\":{\\"order_id\\":\\"p25100900000000001\\",\\"cust_order_id\\":\\"ord-1001\\",\\"status\\":1}}"]',
  signatureHeader: 'k0MkBMJH92G24c2R7ZjfHuyPqAz6cNxc74vWXI1mxQE=',
}

/** inst-money/inst-java-sdk, NotificationTest.java. */
export const PUBLISHED_WEBHOOK = {
  id: 'W-pub-order',
  timestampHeader: '1585810920286',
  webhookSecret: '40e4cdb39f764ad48b0829e675b67b90',
  action: 'order_result',
  event: {
    id: 'bc76488ddda4',
    create_time: 1585293811000,
    params: {
      order_id: '1223',
      status: 1,
    },
  },
  signatureHeader: 'y9/rsn79nMlP4EgIzVHWvt6GLvPx06dG+mDkUSLbmoA=',
  signString:
    '1585810920286ORDER_RESULTaction=order_result&events=["{\\"id\\":\\"bc76488ddda4\\",\\"create_time\\":1585293811000,\\"params\\":{\\"order_id\\":\\"1223\\",\\"status\\":1}}"]',
}
