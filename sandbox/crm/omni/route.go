package omni

import (
	"cmp"
	"slices"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Route gives pending work to agents, the most pressing first, until nobody who may has room. It is called after whatever was done.
func (w *World) Route() {
	waiting := slices.Clone(w.Pending)
	slices.SortStableFunc(waiting, func(a, b Pending) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), a.Since.Compare(b.Since))
	})
	for _, p := range waiting {
		if a := w.taker(p); a != nil {
			w.push(p, a)
		}
	}
}

// taker is who gets a piece of work; nil for nobody. Among equals it is who has waited longest for work.
// Source: Salesforce Help, Routing Model Options for Omni-Channel.
func (w *World) taker(p Pending) *Agent {
	var fit []*Agent
	for _, a := range w.Agents {
		if w.fits(p, a) {
			fit = append(fit, a)
		}
	}
	if len(fit) == 0 {
		return nil
	}
	rank := func(a *Agent) float64 {
		if p.Model == "MostAvailable" {
			return w.Workload(a.User) - a.Config.Capacity
		}
		return w.Workload(a.User)
	}
	return slices.MinFunc(fit, func(a, b *Agent) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), a.Last.Compare(b.Last), a.LoggedIn.Compare(b.LoggedIn), cmp.Compare(a.User, b.User))
	})
}

// fits says whether an agent may get a piece of work now: there, of the queue, with room, and not one who refused it since logging in.
func (w *World) fits(p Pending, a *Agent) bool {
	refused := func(d Decline) bool { return d.User == a.User && d.Item == p.Item && !d.At.Before(a.LoggedIn) }
	return a.Online() && a.Status.brings(p.Channel) && a.Queues[p.Queue] &&
		w.Workload(a.User)+p.size(a.Config.Capacity) <= a.Config.Capacity && !slices.ContainsFunc(w.Refused, refused)
}

func (w *World) push(p Pending, a *Agent) {
	before := w.Workload(a.User)
	k := Work{ID: w.NewID(schema.AgentWork), User: a.User, Item: p.Item, Channel: p.Channel, Queue: p.Queue, Routing: p.Routing,
		State: Assigned, Requested: p.Since, Assigned: w.Now}
	w.unqueue(p)
	w.Works = append(w.Works, k)
	a.Last = w.Now
	w.effect(Pushed{k})
	w.tellWork("omniChannelWorkAssigned", k)
	w.tellWorkload(a.User, before)
	if a.Config.AutoAccept {
		w.accept(k)
	}
}

// Queue makes a record of a queue wait for an agent, unless it does. Whoever has it open has it no more.
func (w *World) Queue(p Pending) {
	for _, have := range w.Pending {
		if have.Item == p.Item && have.Queue == p.Queue {
			return
		}
	}
	for _, k := range w.Works {
		if k.Item == p.Item && k.State == Assigned && k.Queue == p.Queue {
			return
		}
	}
	w.Withdraw(p.Item, "")
	p.Since = w.Now
	w.queue(p)
}

func (w *World) queue(p Pending) {
	p.ID = w.NewID(schema.PendingRouting)
	w.Pending = append(w.Pending, p)
	w.effect(Queued{p})
}

func (w *World) unqueue(p Pending) {
	w.Pending = slices.DeleteFunc(w.Pending, func(have Pending) bool { return have.ID == p.ID })
	w.effect(Unqueued{p.ID})
}

// requeue makes work that nobody accepted wait again, from when it came.
func (w *World) requeue(k Work) {
	w.queue(Pending{Item: k.Item, Channel: k.Channel, Queue: k.Queue, Routing: k.Routing, Since: k.Requested})
}

// Withdraw takes a record out that now is somebody's, "" for nobody's who could have work: it does not wait any more, and is nobody
// else's work. That such work counts as transferred is assumed of the platform.
func (w *World) Withdraw(item, owner schema.RecordID) {
	for _, p := range slices.Clone(w.Pending) {
		if p.Item == item {
			w.unqueue(p)
		}
	}
	for _, k := range slices.Clone(w.Works) {
		if k.Item != item || k.User == owner && k.State == Opened {
			continue
		}
		before, to := w.Workload(k.User), Canceled
		if k.State == Opened {
			to = Transferred
		}
		w.end(k, to, "")
		w.tellWork("omniChannelWorkClosed", k)
		w.tellWorkload(k.User, before)
	}
}
