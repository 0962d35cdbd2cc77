/**
 * No device is waited for without an end, since browsers leave promises open when a driver hangs. How long a camera may
 * take to start, when no question to the person can be in the way.
 */
export const startLimitMs = 10_000;

/**
 * So much later than it was set, a timer tells of a page that stood still: a device that slept, a tab that was frozen. What
 * did not come meanwhile could not come.
 */
export const stoodStillMs = 1_000;

/** How long a question to the person may stand unanswered. */
export const answerLimitMs = 120_000;

/** For a video that is played on: slow phones need a second or two. */
export const playLimitMs = 3_000;

/** For what needs neither a person nor a start: lists, permissions, the settings of a track. */
export const replyLimitMs = 3_000;
