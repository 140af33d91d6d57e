package admin

import (
	"context"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/fault"
)

// Rights is what the org lets a user see here.
type Rights struct {
	Everything bool // an administrator or a manager
	Own        bool // an agent
	Flows      bool // may change CTI flows: an administrator
}

const (
	rightsFor = 50 * time.Second // whoever was frozen or lost a permission set sees nothing more within a minute
	// rightsAtMost is how long they are believed while the org does not answer: whoever looks then wants to know why.
	rightsAtMost = time.Hour
	rightsWithin = 15 * time.Second
	maxRights    = 10_000
)

// rights remembers what users may see.
type rights struct {
	mu sync.Mutex // guards of
	of map[string]knownRights
}

type knownRights struct {
	rights Rights
	read   time.Time
}

func newRights() rights { return rights{of: map[string]knownRights{}} }

func (r *rights) get(userID string) knownRights {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.of[userID]
}

func (r *rights) put(userID string, k knownRights) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.of) >= maxRights {
		clear(r.of)
	}
	r.of[userID] = k
}

// may says what a user sees, and whether flows may be changed; fault.Denied for nothing.
func (a *Admin) may(ctx context.Context, userID string) (Sees, bool, error) {
	known := a.rights.get(userID)
	if a.cfg.Clock.Now().Sub(known.read) >= rightsFor {
		fresh, err, _ := a.reads.Do(userID, func() (any, error) {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), rightsWithin) // it serves all who wait for it
			defer cancel()
			found, err := a.cfg.Rights(ctx, userID)
			k := knownRights{found, a.cfg.Clock.Now()}
			if err == nil {
				a.rights.put(userID, k)
			}
			return k, err
		})
		switch k, ok := fresh.(knownRights); {
		case err == nil && ok:
			known = k
		case fault.Of(err).Kind == fault.Denied:
			return "", false, err
		case a.cfg.Clock.Now().Sub(known.read) >= rightsAtMost:
			return "", false, fault.New(fault.Unavailable, err, "Salesforce does not say what you may see here: try again in a minute.")
		}
	}
	switch {
	case known.rights.Everything:
		return Everything, known.rights.Flows, nil
	case known.rights.Own:
		return Own, false, nil
	}
	return "", false, fault.New(fault.Denied, nil, "Your Salesforce user has none of the permission sets AC_Administrator, AC_Manager and "+
		"AC_Agent: ask an administrator for one.")
}
