import { Uri } from 'vscode';
import type { Webview, WebviewOptions } from 'vscode';

export function optionsOf(extension: Uri): WebviewOptions {
  return {
    enableScripts: true,
    localResourceRoots: [Uri.joinPath(extension, 'dist/webview'), Uri.joinPath(extension, 'media')],
  };
}

/** The page of the panel. Nothing runs or is styled but our two files. */
export function pageOf(webview: Webview, extension: Uri, title: string): string {
  const nonce = [...crypto.getRandomValues(new Uint8Array(24))].map((byte) => byte.toString(36)).join('');
  const file = (...path: string[]) => webview.asWebviewUri(Uri.joinPath(extension, ...path)).toString(true);
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title.replace(/[<>&"]/g, '')}</title>
<link rel="stylesheet" href="${file('media', 'history.css')}">
</head>
<body>
<script nonce="${nonce}" src="${file('dist', 'webview', 'history.js')}"></script>
</body>
</html>`;
}
