import { Screen } from '../parts/Screen.tsx';
import { useSetup } from '../setup-context.ts';

/** The home of Setup: where people begin, and what they changed last. */
export function SetupHome() {
  const { setup, open, start } = useSetup();
  const cards = [
    { title: 'Permission Sets', text: 'Give people access to what they need.', action: () => open('PermSets') },
    {
      title: 'Users',
      text: `${setup.users} active users in ${start.organization.name}.`,
      action: () => open('ManageUsers'),
    },
  ];
  return (
    <Screen icon="standard:home" title="Home">
      <div className="pc-setup-cards">
        {cards.map((card) => (
          <article key={card.title} className="slds-card slds-p-around_medium">
            <h2 className="slds-text-heading_small">
              <button type="button" className="slds-button pc-link" onClick={card.action}>
                {card.title}
              </button>
            </h2>
            <p>{card.text}</p>
          </article>
        ))}
      </div>
      <article className="slds-card">
        <div className="slds-card__header slds-grid">
          <h2 className="slds-card__header-title">Most Recently Used</h2>
        </div>
        {setup.recent.length === 0 ? (
          <p className="slds-p-around_medium slds-text-color_weak">What you change in Setup appears here.</p>
        ) : (
          <ul className="slds-has-dividers_top-space slds-p-around_medium">
            {setup.recent.map((entry) => (
              <li key={entry.id} className="slds-item">
                {entry.display} <span className="slds-text-color_weak">({entry.section})</span>
              </li>
            ))}
          </ul>
        )}
      </article>
    </Screen>
  );
}
