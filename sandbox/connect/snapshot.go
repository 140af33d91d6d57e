package connect

import "context"

// history is how many snapshots of an agent a slow reader can still get one by one.
const history = 64

// publish adds a snapshot of an agent; c.mu is held.
func (c *Centre) publish(a *agent) {
	s := Snapshot{At: c.cfg.Clock.Now(), State: a.state}
	if n := len(a.history); n > 0 {
		s.Version = a.history[n-1].Version
	} else {
		s.Version = uint64(c.cfg.Clock.Now().UnixMilli()) // a restarted centre does not repeat the numbers of the one before
	}
	s.Version++
	if a.next != nil {
		s.Next = &AgentState{a.next.ID, a.next.Name, a.next.Type, s.At}
	}
	for _, k := range a.contacts {
		s.Contacts = append(s.Contacts, k.Contact)
	}
	if a.history = append(a.history, s); len(a.history) > history {
		a.history = a.history[1:]
	}
	close(a.changed)
	a.changed = make(chan struct{})
}

// Snapshot is an agent's latest.
func (c *Centre) Snapshot(id AgentID) (Snapshot, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a, ok := c.agents[id]
	if !ok {
		return Snapshot{}, ErrNoAgent
	}
	return a.history[len(a.history)-1], nil
}

// Wait gives the snapshot that follows a version, one by one as long as they are kept. At the end of ctx, or for a version that is not
// of this centre, it gives the latest.
func (c *Centre) Wait(ctx context.Context, id AgentID, after uint64) (Snapshot, error) {
	for {
		c.mu.Lock()
		a, ok := c.agents[id]
		if !ok {
			c.mu.Unlock()
			return Snapshot{}, ErrNoAgent
		}
		last := a.history[len(a.history)-1]
		for _, s := range a.history {
			if s.Version == after+1 {
				c.mu.Unlock()
				return s, nil
			}
		}
		changed := a.changed
		c.mu.Unlock()
		if last.Version != after {
			return last, nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return last, nil
		}
	}
}
