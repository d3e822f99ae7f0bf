export function downloadOriginal({ originalUrl, originalFilename }: { originalUrl: string; originalFilename: string }): void {
  const link = document.createElement("a");
  link.href = originalUrl;
  link.download = originalFilename;
  link.click();
}
