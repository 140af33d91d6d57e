import { At, Badge } from '../shell/parts.tsx';
import type { NodeHealth } from '../wire.ts';
import { amount } from '../words.ts';

/** The adapters that share the store, and what each has in hand. One that is alone says nothing of it. */
export function Nodes({ nodes }: { nodes: NodeHealth[] }) {
  if (nodes.length === 0) return null;
  return (
    <section className="pc-card" aria-label="Nodes">
      <h2 className="pc-heading">Nodes</h2>
      <div className="pc-wide">
        <table className="pc-nodes">
          <thead>
            <tr>
              <th scope="col">Node</th>
              <th scope="col">Version</th>
              <th scope="col">Address</th>
              <th scope="col">Since</th>
              <th scope="col">Last heard</th>
              <th scope="col" className="pc-count">
                Agents in hand
              </th>
              <th scope="col" className="pc-count">
                Pages
              </th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((n) => (
              <tr key={`${n.name} ${n.since}`}>
                <th scope="row">
                  {n.name} {n.leads && <Badge tone="plain">Leads</Badge>}{' '}
                  {n.here && <Badge tone="plain">This page</Badge>}
                </th>
                <td>{n.version}</td>
                <td>
                  <code>{n.address}</code>
                </td>
                <td>
                  <At at={n.since} show="full" />
                </td>
                <td>
                  <At at={n.heard} show="precise" /> {n.silent && <Badge tone="warn">Silent</Badge>}
                </td>
                <td className="pc-count">{amount(n.agents)}</td>
                <td className="pc-count">{amount(n.pages)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="pc-soft">
        The one that leads does what one does for all. One that is silent for eight seconds is dead to the others, which
        take up its work.
      </p>
    </section>
  );
}
