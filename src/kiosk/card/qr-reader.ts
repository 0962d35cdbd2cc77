/** Finds the text of a QR code in a picture. */
export interface QrReader {
  /** Null where there is none that can be read. */
  read(picture: ImageBitmapSource): Promise<string | null>;
}

interface Detector {
  detect(picture: ImageBitmapSource): Promise<readonly { readonly rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** The browser's own reader; null where it has none: then the card's text is typed, or scanned by a reader that types. */
export async function browserQrReader(scope: object = globalThis): Promise<QrReader | null> {
  const { BarcodeDetector: found } = scope as { readonly BarcodeDetector?: DetectorClass };
  if (!found) return null;
  try {
    if (!(await found.getSupportedFormats()).includes('qr_code')) return null;
    const detector = new found({ formats: ['qr_code'] });
    return {
      async read(picture) {
        try {
          const [code] = await detector.detect(picture);
          return code?.rawValue ?? null;
        } catch {
          // A picture that is gone by now, or a reader that lost its service: the next picture is another try.
          return null;
        }
      },
    };
  } catch {
    return null;
  }
}
