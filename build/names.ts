/**
 * Names that become shorter.
 * @module
 */

/**
 * Properties that nobody outside sees: not in the API of the element or of the proxy, nor a
 * browser's. First the code's, then the libraries'. The names of texts stay: a page may put its own in their place.
 */
export const INTERNAL = new RegExp(
  `^(${[
    'announcer asOf hasSaidPaid inputs isAtRisk isAway isBusy isCanceling isChecking isChoosing',
    'alarm contract copied decimals environment isClosing isHidden isLarge isShown guard keccak256',
    'sha256 standard wake',
    'isLink isOffline isOnline isOpen isOwnWindow isReturn isToast isTransient leftBehind mistakes',
    'onChange onState onWake openChannel openWindow closeWindow prefersWindow replaceUrl',
    'retryAfterMs setTimer timeLeft tryLock wallNow willLeave',
    'blockLen canXOF ccBits degree destroyed digestInto errorCorrectionLevel genPoly getBitsLength',
    'getLength getLengthInBits initialize isLE isReserved maskPattern modules outputLen padOffset',
    'putBit reservedBit roundClean',
    'addController converter createProperty createRenderRoot creationScope',
    'attribute elementStyles enableUpdating finalizeStyles reflect renderBefore renderRoot',
    'requestUpdate setConnected updated willUpdate',
    'firstUpdated fromAttribute getPropertyDescriptor getPropertyOptions getUpdateComplete',
    'hasChanged hasUpdated hostConnected hostDisconnected hostUpdate hostUpdated isUpdatePending',
    'noAccessor performUpdate removeController renderOptions scheduleUpdate shadowRootOptions',
    'shouldUpdate toAttribute useDefault',
  ]
    .join(' ')
    .replaceAll(' ', '|')})$`,
)
