import { msg } from '@lit/localize';
import { formatInteger, formatPercent } from '../i18n/format.ts';
import { objectName } from '../i18n/object-names.ts';
import type { OverlayStyle } from './overlay-style.ts';

/** The words and the font of the overlay, in the language of now. */
export function overlayTexts(): Pick<OverlayStyle, 'fontFamily' | 'objectName' | 'faceName' | 'percent' | 'integer'> {
  return { fontFamily: overlayFont, objectName, faceName: msg('face'), percent: formatPercent, integer: formatInteger };
}

/** A canvas knows no custom properties: the same stack as the page's. */
const overlayFont =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Hiragino Sans GB', 'Microsoft YaHei', 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif";
