/** A modal dialog: the browser's own, so that focus stays in it, Esc closes it and focus returns where it was. */
import { useEffect, useRef, type ReactNode } from 'react';

interface DialogFrame {
  readonly label: string;
  readonly close: () => void;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Dialog({ label, close, className = '', children }: DialogFrame) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
  }, []);
  return (
    <dialog
      ref={ref}
      className={`dialog panel ${className}`}
      aria-label={label}
      onClose={close}
      onClick={({ target, currentTarget }) => {
        // Outside the box, which the dialog's content fills.
        if (target === currentTarget) close();
      }}
    >
      <div className="dialog-body stack">{children}</div>
    </dialog>
  );
}
