interface Window {
  /** The platform's one global in pages that it frames. */
  sforce?: Record<string, unknown>;
}
