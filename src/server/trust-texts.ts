/** The words of the page that explains how a phone comes to trust the local authority. One entry per language. */
export interface TrustTexts {
  readonly lang: string;
  readonly title: string;
  readonly why: string;
  readonly download: string;
  readonly steps: readonly { readonly system: string; readonly items: readonly string[] }[];
  readonly compare: string;
  readonly open: string;
  readonly later: string;
}

export const trustTexts: readonly TrustTexts[] = [
  {
    lang: 'en',
    title: 'Let this phone trust your Lintel',
    why: 'A phone gives its camera, and works offline, only over a connection it trusts. Lintel made a certificate authority on your own computer. It can vouch for names and addresses of a local network only, never for a site on the internet.',
    download: 'Download the certificate',
    steps: [
      {
        system: 'Android (Chrome)',
        items: [
          'Tap “Download the certificate” above.',
          'Open Settings and search for “CA certificate” (Security and privacy → More security settings → Encryption and credentials → Install a certificate → CA certificate).',
          'Tap “Install anyway” and choose lintel-authority.crt from Downloads.',
        ],
      },
      {
        system: 'iPhone and iPad (Safari)',
        items: [
          'Open this page in Safari, tap “Download the certificate” above, then “Allow”.',
          'Settings → Profile Downloaded → Install.',
          'Settings → General → About → Certificate Trust Settings: turn on “Lintel authority”.',
        ],
      },
    ],
    compare: 'Before you install, compare: the computer shows the same SHA-256 fingerprint in its terminal.',
    open: 'Open Lintel',
    later: 'You can remove the certificate at any time in the same settings.',
  },
  {
    lang: 'zh-Hans',
    title: '让这台手机信任你的 Lintel',
    why: '只有在受信任的连接上，手机才会开放摄像头并支持离线使用。Lintel 在你自己的电脑上创建了一个证书颁发机构，它只能为本地网络的名称和地址作证，不能用于互联网上的任何网站。',
    download: '下载证书',
    steps: [
      {
        system: 'Android（Chrome）',
        items: [
          '点按上方的“下载证书”。',
          '打开“设置”，搜索“CA 证书”（安全和隐私 → 更多安全设置 → 加密与凭据 → 安装证书 → CA 证书）。',
          '点按“仍然安装”，然后在“下载”中选择 lintel-authority.crt。',
        ],
      },
      {
        system: 'iPhone 和 iPad（Safari）',
        items: [
          '用 Safari 打开本页，点按上方的“下载证书”，再点按“允许”。',
          '设置 → 已下载描述文件 → 安装。',
          '设置 → 通用 → 关于本机 → 证书信任设置：打开“Lintel authority”。',
        ],
      },
    ],
    compare: '安装前请核对：电脑终端中显示的 SHA-256 指纹应与此相同。',
    open: '打开 Lintel',
    later: '你可以随时在同一设置中移除此证书。',
  },
];
