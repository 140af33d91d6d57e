/** Small pictures beside words, which say nothing that the words do not. */
const paths: Record<string, string> = {
  good: 'M3.5 8.5l3 3 6-7',
  bad: 'M4.5 4.5l7 7m0-7l-7 7',
  warn: 'M8 3.5v5.5m0 3v.5',
  busy: 'M8 4.5v4l2.5 1.5M14 8a6 6 0 1 1-12 0a6 6 0 1 1 12 0',
  plain: 'M4 8h8',
  back: 'M10 3L5 8l5 5',
};

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg className="pc-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}

export function Mark() {
  return (
    <svg className="pc-mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M8 22c0-9 16-3 16-12" />
      <circle cx="8" cy="22" r="4" />
      <circle cx="24" cy="10" r="4" />
    </svg>
  );
}
