/**
 * Names that become shorter.
 * @module
 */

/**
 * Properties that nobody outside sees: not in the API of the element or of the proxy, nor a
 * browser's. First the code's, then the libraries'. The names of texts stay, since a page may put its own in their
 * place, and of what is stored, which another version reads.
 */
export const INTERNAL = new RegExp(
  `^(${[
    'again alarm announcer asOf busy checksum closeWindow connect contract copiedName decimals',
    'environment failedStep failures follow forget guard hasSaidPaid inputs isBusy isCanceling',
    'isChecking isChoosing isClosing isHidden isLarge isLink isLoading isOffline isOnline',
    'isOwnWindow isReturn isShown isToast isTransient isVisit isWanted keccak256 kind language',
    'learn leftBehind load mistakes msLeft names onChange onState onWake openChannel openWindow',
    'outcome path payload pick picked preferred prefersWindow prepare putOffMs query refuse',
    'remember replaceUrl retryAfterMs said setTimer sha256 speak standard storage tryLock wake',
    'wallNow willLeave',
    'blockLen canXOF ccBits degree destroyed digestInto errorCorrectionLevel genPoly getBitsLength',
    'getLength getLengthInBits initialize isLE isReserved maskPattern modules outputLen padOffset',
    'putBit reservedBit roundClean segments',
    'addController converter createProperty createRenderRoot creationScope',
    'attribute elementStyles enableUpdating finalizeStyles reflect renderBefore renderRoot',
    'requestUpdate setConnected updated willUpdate',
    'firstUpdated fromAttribute getPropertyDescriptor getPropertyOptions getUpdateComplete',
    'hasChanged hasUpdated hostConnected hostDisconnected hostUpdate hostUpdated isUpdatePending',
    'noAccessor performUpdate removeController renderOptions scheduleUpdate shadowRootOptions',
    'shouldUpdate strings toAttribute useDefault',
  ]
    .join(' ')
    .replaceAll(' ', '|')})$`,
)
