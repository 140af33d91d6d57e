package admin

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/patchcord/patchcord/adapter/agent"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/internal/fault"
)

const (
	maxAgents = 1000
	// spareDisk is how many bytes a disk must have left that nobody has to look after.
	spareDisk = 1 << 30
)

// health answers GET health.
func (a *Admin) health(ctx context.Context, _ person, _ *http.Request) (any, error) {
	h := Health{Agents: []AgentHealth{}, Records: []RecordHealth{}, Damage: []string{}, Problems: []Sentence{}}
	h.Open, h.Waiting = a.cfg.Standing()
	h.API.Used, h.API.Max = a.cfg.Usage()
	s := a.cfg.Store
	h.Store.File, h.Store.Size, h.Store.Writable, h.Store.Free = s.Name(), s.Size(), s.Writable(), FreeSpace(s.File())
	if a.cfg.Nodes != nil {
		var err error
		if h.Nodes, err = a.cfg.Nodes(ctx); err != nil {
			return nil, err
		}
	}
	connected := a.cfg.Connected(ctx)
	h.Damage = append(h.Damage, s.Damage()...)
	for _, r := range a.cfg.Records() {
		r.URL = a.recordURL(r.URL)
		h.Records = append(h.Records, r)
	}
	err := s.View(ctx, func(tx *store.Tx) error {
		n, err := tx.CountGivenUp()
		if err != nil {
			return err
		}
		h.GivenUp = int(n)
		if h.Agents, err = agentsOf(tx, connected); err != nil {
			return err
		}
		return store.EachAgent(tx, maxKnownAgents, func(_ string, k agent.State) error {
			if !k.Sync.Stopped.IsZero() {
				h.SyncStopped++
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	h.Problems = problemsOf(h)
	if len(h.Problems) > 0 {
		h.Store.Problem = storeProblem(h)
	}
	return h, nil
}

// agentsOf are those who are connected or bound, by name.
func agentsOf(tx *store.Tx, pages map[string]int) ([]AgentHealth, error) {
	bindings, err := tx.Bindings(maxAgents)
	if err != nil {
		return nil, err
	}
	all := map[string]*AgentHealth{}
	get := func(userID string) (*AgentHealth, error) {
		if h, ok := all[userID]; ok {
			return h, nil
		}
		var s agent.State
		if _, err := tx.StateOf(store.Leg{User: userID}, &s); err != nil {
			return nil, err
		}
		h := &AgentHealth{Agent: Agent{UserID: userID, Name: s.Name, Username: s.Username}, State: s.Centre.State}
		all[userID] = h
		return h, nil
	}
	for _, b := range bindings {
		h, err := get(b.UserID)
		if err != nil {
			return nil, err
		}
		h.Agent.Username, h.Bound = b.Username, utcOrNil(b.At)
	}
	for userID, n := range pages {
		h, err := get(userID)
		if err != nil {
			return nil, err
		}
		h.Pages = n
	}
	out := []AgentHealth{}
	for _, h := range all {
		out = append(out, *h)
	}
	slices.SortFunc(out, func(x, y AgentHealth) int {
		return strings.Compare(x.Agent.Name+x.Agent.UserID, y.Agent.Name+y.Agent.UserID)
	})
	return out[:min(len(out), maxAgents)], nil
}

// problemsOf is what a person should do something about.
func problemsOf(h Health) []Sentence {
	problems := []Sentence{}
	add := func(code string, args map[string]string) { problems = append(problems, told.Say(code, args)) }
	if len(h.Damage) > 0 {
		add(told.CodeStoreDamaged, map[string]string{"file": h.Store.File})
	}
	switch {
	case !h.Store.Writable && len(h.Nodes) > 0:
		add(told.CodeStoreAway, map[string]string{"file": h.Store.File})
	case !h.Store.Writable:
		add(told.CodeStoreFull, map[string]string{"file": h.Store.File})
	case h.Store.Free >= 0 && h.Store.Free < spareDisk:
		add(told.CodeStoreLow, map[string]string{"file": h.Store.File, "free": strconv.FormatInt(h.Store.Free>>20, 10) + " MB"})
	}
	if h.API.Max > 0 {
		share := h.API.Used * 100 / h.API.Max
		if share >= alarmShare {
			add(told.CodeAPILow, map[string]string{"used": strconv.Itoa(h.API.Used), "max": strconv.Itoa(h.API.Max)})
		}
	}
	switch {
	case h.SyncStopped == 1:
		add(told.CodeAgentsStopped, map[string]string{"agents": "1 agent"})
	case h.SyncStopped > 1:
		add(told.CodeAgentsStopped, map[string]string{"agents": strconv.Itoa(h.SyncStopped) + " agents"})
	}
	for _, r := range h.Records {
		for _, p := range r.Problems {
			add(told.CodeNote, map[string]string{"problem": strings.TrimRight(p, ".")})
		}
	}
	return problems
}

// alarmShare is the share of the org's API allowance from which on somebody has to know, in percent.
const alarmShare = 80

func storeProblem(h Health) string {
	for _, p := range h.Problems {
		if strings.HasPrefix(p.Code, "store.") {
			return p.Text
		}
	}
	return ""
}

// release answers POST bindings/{user}/release.
func (a *Admin) release(ctx context.Context, p person, r *http.Request) (any, error) {
	user := r.PathValue("user")
	var n int64
	err := a.cfg.Store.Do(ctx, "", func(tx *store.Tx) (err error) {
		n, err = tx.Unbind(user)
		return err
	})
	if err == nil && n == 0 {
		err = fault.New(fault.Missing, nil, "No user %q is bound.", short(user))
	}
	if err != nil {
		return nil, err
	}
	a.cfg.Log.InfoContext(ctx, "user released by hand", "user", short(user), "by", p.name)
	return Done{true}, nil
}
