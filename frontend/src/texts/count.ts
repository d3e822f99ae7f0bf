/** Numbers with what they count: ``1 item``, ``12,345 items``. */
export const countIn = (locale: string) => (one: string, many: string) => (value: number) => `${new Intl.NumberFormat(locale).format(value)} ${value === 1 ? one : many}`;
