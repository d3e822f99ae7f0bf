export const cx = (...classes: (string | false | undefined | null)[]): string => classes.filter(Boolean).join(" ");
