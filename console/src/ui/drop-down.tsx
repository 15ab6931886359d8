import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import { useLocation } from 'react-router';

interface DropDownProps {
  /** For the styles of the whole and of its button. */
  readonly name: string;
  readonly label: ReactElement;
  readonly children: ReactNode;
}

/** A button with a panel below it, which Escape, a click elsewhere and a change of page close. */
export function DropDown({ name, label, children }: DropDownProps): ReactElement {
  const [open, setOpen] = useState(false);
  const details = useRef<HTMLDetailsElement>(null);
  const { pathname } = useLocation();
  // A page may still be on its way when the panel is opened: only a later change of page closes it.
  const openedOn = useRef<string>(undefined);
  useEffect(() => {
    if (openedOn.current !== window.location.pathname) setOpen(false);
  }, [pathname]);
  useEffect(() => {
    if (!open) return undefined;
    const leave = (event: Event): void => {
      const escaped = event instanceof KeyboardEvent && event.key === 'Escape';
      const outside = event instanceof PointerEvent && !details.current?.contains(event.target as Node);
      if (escaped || outside) setOpen(false);
      if (escaped) details.current?.querySelector('summary')?.focus();
    };
    document.addEventListener('keydown', leave);
    document.addEventListener('pointerdown', leave);
    return () => {
      document.removeEventListener('keydown', leave);
      document.removeEventListener('pointerdown', leave);
    };
  }, [open]);
  return (
    <details
      ref={details}
      className={`drop-down ${name}-menu`}
      open={open}
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) openedOn.current = window.location.pathname;
        setOpen(currentTarget.open);
      }}
    >
      <summary className={name}>{label}</summary>
      {open ? <div className="menu">{children}</div> : null}
    </details>
  );
}
