package admin

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/internal/fault"
)

const (
	maxStuck  = 2000 // runs that groups are counted of
	maxGroups = 200
	// stuckFrom is how long what is under way may take before it counts as waiting.
	stuckFrom = 10 * time.Second
)

// waiting answers GET waiting.
func (a *Admin) waiting(ctx context.Context, _ person, r *http.Request) (any, error) {
	q := r.URL.Query()
	limit, err := limitOf(q)
	if err != nil {
		return nil, err
	}
	after, err := rowCursor(q)
	if err != nil {
		return nil, err
	}
	which, err := stuckOf(q.Get("status"))
	if err != nil {
		return nil, err
	}
	answer := WaitingList{Groups: []WaitingGroup{}, Runs: []Run{}}
	err = a.cfg.Store.View(ctx, func(tx *store.Tx) error {
		who := newNames(tx)
		var all []Run
		for _, status := range which {
			found, err := a.stuck(tx, who, status)
			if err != nil {
				return err
			}
			all = append(all, found...)
		}
		slices.SortFunc(all, func(x, y Run) int { return int(x.ID - y.ID) })
		answer.Groups = groupsOf(all)
		answer.Runs, answer.Next = pageOf(all, after, limit)
		return nil
	})
	return answer, err
}

// stuckAtOnce is how many runs are read at a time: what they did may be long, and is not shown in a list.
const stuckAtOnce = 50

// stuck lists what waits or was given up, without what it did.
func (a *Admin) stuck(tx *store.Tx, who names, status store.Status) (all []Run, err error) {
	before := a.cfg.Clock.Now().Add(-stuckFrom)
	for after := int64(0); len(all) < maxStuck; {
		found, err := tx.Stuck(status, after, before, stuckAtOnce)
		if err != nil || len(found) == 0 {
			return all, err
		}
		for _, r := range found {
			named, err := who.of(r.User)
			if err != nil {
				return nil, err
			}
			out := runOf(a.cfg.Mask.Run(r), named, nil)
			if out.Why == nil {
				why := told.Say(told.CodeUnderWay, nil)
				out.Why = &why
			}
			all, after = append(all, out), r.ID
		}
	}
	return all, nil
}

func stuckOf(status string) ([]store.Status, error) {
	switch RunStatus(status) {
	case "":
		return []store.Status{store.GivenUp, store.Waiting}, nil
	case RunWaiting:
		return []store.Status{store.Waiting}, nil
	case RunGivenUp:
		return []store.Status{store.GivenUp}, nil
	}
	return nil, fault.New(fault.Invalid, nil, "status is waiting or givenUp.")
}

func pageOf(all []Run, after int64, limit int) (page []Run, next string) {
	page = []Run{}
	for _, r := range all {
		if r.ID <= after {
			continue
		}
		if len(page) == limit {
			return page, strconv.FormatInt(page[limit-1].ID, 10)
		}
		page = append(page, r)
	}
	return page, ""
}

// groupsOf counts what waits by agent and reason: by the code where the sentence tells a time, else by the sentence.
func groupsOf(all []Run) []WaitingGroup {
	type key struct{ user, status, why string }
	groups := map[key]*WaitingGroup{}
	for _, r := range all {
		why := *r.Why
		text := why.Text
		if _, timed := why.Args["againAt"]; timed {
			text = why.Code + why.Args["problem"]
		}
		k := key{r.Agent.UserID, string(r.Status), text}
		g := groups[k]
		if g == nil {
			g = &WaitingGroup{Agent: r.Agent, Status: r.Status, Why: why, Oldest: r.Created}
			groups[k] = g
		}
		g.Count++
		if r.Created.Before(g.Oldest) {
			g.Oldest = r.Created
		}
	}
	out := []WaitingGroup{}
	for _, g := range groups {
		out = append(out, *g)
	}
	slices.SortFunc(out, func(x, y WaitingGroup) int {
		if x.Count != y.Count {
			return y.Count - x.Count
		}
		return x.Oldest.Compare(y.Oldest)
	})
	return out[:min(len(out), maxGroups)]
}
