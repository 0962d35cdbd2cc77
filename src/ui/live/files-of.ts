/** The files in a drop or a paste; a paste of a picture from another app brings it as an item. */
export function filesOf(transfer: DataTransfer | null): File[] {
  if (!transfer) return [];
  const listed = [...transfer.files];
  if (listed.length > 0) return listed;
  return [...transfer.items].flatMap((item) => item.getAsFile() ?? []);
}
