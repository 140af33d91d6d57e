package node

import (
	"context"
	"encoding/json"
)

// anew joins again after the others took this node for dead.
func (n *Node) anew(ctx context.Context) {
	n.cfg.LetGo()
	if other := n.namesake(ctx); other != nil {
		n.named.Do(func() {
			n.cfg.Log.ErrorContext(ctx, "another node has this one's name, and each ends the other: give each a name of its own under node",
				"node", n.cfg.Name, "other", other)
		})
	} else {
		n.cfg.Log.WarnContext(ctx, "other nodes have taken this one for dead: it begins anew")
	}
	began := n.cfg.Clock.Now()
	if err := n.cfg.Nodes.Join(ctx, n.cfg.Name, n.cfg.About); err != nil {
		n.cfg.Log.WarnContext(ctx, "not joined", "err", err)
		return
	}
	n.mu.Lock()
	n.sure, n.closed, n.leads, n.resumes = began.Add(sureFor), false, false, false
	n.mu.Unlock()
	n.census = census{}
	signal(n.joined)
}

// namesake is a node that lives under this one's name, as it tells of itself; nil if there is none.
func (n *Node) namesake(ctx context.Context) json.RawMessage {
	all, err := n.cfg.Nodes.All(ctx)
	if err != nil {
		return nil // then it is found the next time
	}
	for _, other := range all {
		if other.Name == n.cfg.Name && other.ID != n.ID() {
			return other.About
		}
	}
	return nil
}

// rejoin tells of each new beginning, apart from the heart: it beats while many pages enter anew.
func (n *Node) rejoin(ctx context.Context) error {
	for {
		select {
		case <-n.joined:
			n.cfg.Joined(ctx)
		case <-ctx.Done():
			return nil
		}
	}
}
