import type { CallType, Direction, LayoutForm } from './layout-wire.ts';

const examples: Record<string, string> = {
  ANI: '(415) 555-1212',
  DNIS: '(800) 555-0100',
  SEGMENT: 'Gold',
  QUEUE: 'Support',
};

/** What the layout makes of a call, with made-up values. */
export function SoftphonePreview({
  direction,
  value,
  form,
}: {
  direction: Direction;
  value: CallType;
  form: LayoutForm;
}) {
  return (
    <aside className="slds-card pc-preview" aria-label="SoftPhone Preview">
      <div className="slds-card__header">
        <h2 className="slds-card__header-title">SoftPhone Preview</h2>
      </div>
      <div className="slds-card__body slds-card__body_inner">
        <p className="slds-text-title_caps slds-m-bottom_x-small">{direction} call</p>
        <dl className="slds-dl_horizontal">
          {value.callFields.map((f) => (
            <div key={f} className="pc-preview-line">
              <dt className="slds-dl_horizontal__label slds-text-color_weak">
                {form.callFields.find((c) => c.name === f)?.label ?? f}
              </dt>
              <dd className="slds-dl_horizontal__detail">{examples[f] ?? ''}</dd>
            </div>
          ))}
        </dl>
        {value.objects.map((o) => {
          const known = form.objects.find((x) => x.name === o.object);
          return (
            <div key={o.object} className="slds-m-top_small">
              <p className="slds-text-title_bold">{known?.label ?? o.object}</p>
              {o.fields.map((f) => (
                <p key={f} className="slds-text-color_weak">
                  {known?.fields.find((x) => x.name === f)?.label ?? f}
                </p>
              ))}
            </div>
          );
        })}
      </div>
    </aside>
  );
}
