package omni

import (
	"context"
	"slices"
	"sync"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/omni"
	"github.com/patchcord/patchcord/sandbox/crm/records"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// mostNews is how many changed records are looked at one by one; when there are more, all that a queue owns is.
const mostNews = 200

// news are what happened since the server looked last.
type news struct {
	wake chan struct{} // one waits at most

	mu     sync.Mutex // guards what follows
	routed []string   // objects whose records queues own: what is written of others is nobody's concern here
	items  map[schema.RecordID]bool
	left   []schema.RecordID
	all    bool // look at everything that a queue owns
}

// setUp are the objects whose records say how work is routed, and to whom.
var setUp = map[string]bool{
	schema.ServiceChannel: true, schema.StatusChannel: true, schema.PresenceStatus: true, schema.PresenceConfig: true,
	schema.PresenceForUser: true, schema.PresenceForProfile: true, schema.RoutingConfig: true, schema.Group: true, schema.GroupMember: true,
	schema.UserPresence: true, schema.SetupAccess: true, "PermissionSetAssignment": true, "User": true,
}

// own are the objects whose records this room writes, and reads again with each decision.
var own = map[string]bool{schema.AgentWork: true, schema.PendingRouting: true}

// changed hears of each record that was written, of many together without an id, and of each object that was.
func (n *news) changed(c records.Change) {
	n.mu.Lock()
	defer n.mu.Unlock()
	switch {
	case setUp[c.Object]:
		n.all = true
	case own[c.Object]: // somebody else may have deleted it
	case !slices.Contains(n.routed, c.Object):
		return
	case n.all || c.ID == "" || len(n.items) >= mostNews:
		n.all, n.items = true, nil
	default:
		if n.items == nil {
			n.items = map[schema.RecordID]bool{}
		}
		n.items[c.ID] = true
	}
	n.tick()
}

// about says whose records count from now on.
func (n *news) about(objects []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.routed = objects
}

func (n *news) everything() {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.all = true
	n.tick()
}

func (n *news) gone(user schema.RecordID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.left = append(n.left, user)
	n.tick()
}

// tick wakes the server.
func (n *news) tick() {
	select {
	case n.wake <- struct{}{}:
	default: // it will look anyway
	}
}

// latest is what happened between two looks.
type latest struct {
	items map[schema.RecordID]bool
	left  []schema.RecordID
	all   bool
}

func (n *news) take() latest {
	n.mu.Lock()
	defer n.mu.Unlock()
	taken := latest{n.items, n.left, n.all}
	n.items, n.left, n.all = nil, nil, false
	return taken
}

// follow does what the news ask for.
func (s *Server) follow(ctx context.Context, n latest) error {
	return s.do(ctx, "", n.left, func(ctx context.Context, a *crm.Actor, w *omni.World) error {
		for _, user := range n.left {
			if !s.tabs.present(user) {
				w.LogOut(user, "")
			}
		}
		return s.queued(ctx, a, w, n)
	})
}
