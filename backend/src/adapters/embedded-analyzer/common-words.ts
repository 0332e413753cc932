/**
 * Words that almost every English support message contains and that other languages do not have. Words such as `die`,
 * `was`, `in` and `server` are missing, because they are words of other languages too.
 */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `hi my the and you that it for with his they this have from what when your said there each which she how their up out many then them these some her would make like into time look two more go see could people my than first call its now find down day did get i'm i've i'd it's don't can't didn't doesn't isn't won't that's what's you're we're we
 hello please pls plz thanks thank thx help need needs want still why where can cannot cant dont should will not our again after before because about any anyone somebody someone nobody everything nothing working works broken wrong missing lost late slow stuck crash crashed failed hacked stolen change changed cancel cancelled refund refunded charge charged charges paid pay payment payments invoice bill billing password reset order orders ordered delivery delivered parcel shipping received never item return exchange money card logged sign access locked unlock update error issue problem question feature request feedback love great good bad terrible awful worst nice urgent emergency fire smoke phone screen button page house heating water power outage without okay sorry wait waiting printer double twice`.split(
    /\s+/,
  ),
);
