package main

import (
	"fmt"
	"os"
	"slices"
	"time"
)

const (
	// lookFor is how long before and after something broke calls are looked at.
	lookFor = 40 * time.Second
	// prompt is how long a pop may take without being called late, on a machine that is busy.
	prompt = time.Second
)

// slowest is how long pops should be away, by what was done.
var slowest = map[string]time.Duration{nodeKilled: 2 * time.Second, nodeEnded: 2 * time.Second, nodeStopped: 8 * time.Second,
	nodeCutOff: 8 * time.Second, databaseRestarted: 10 * time.Second, databaseStopped: 10 * time.Second, databaseHangsUp: 2 * time.Second,
	databaseFailsOver: 10 * time.Second}

// recoveryFigures are how long agents were without pops, and what a real page said meanwhile.
func (d *desks) recoveryFigures(all []seen) []figure {
	by := map[string][]time.Duration{}
	var fromPromotion []time.Duration
	for _, k := range d.kills {
		for i, br := range d.browsers {
			if k.agents != nil && !k.agents[i] {
				continue
			}
			took, waited, is := resumes(k, all[i].link, br.centre.calls, all[i].pops, concerning(d.kills, i))
			if !is || !waited && k.lasts > 0 {
				continue // where sockets stay, only a call shows how long it took
			}
			by[k.how] = append(by[k.how], took)
			if goal := slowest[k.how]; goal > 0 && took > goal {
				fmt.Fprintf(os.Stderr, "\n%s at %s: the pops of %s went on after %s; a call waited: %v", k.how, k.at.Format("15:04:05.000"), br.user,
					took.Round(time.Millisecond), waited)
			}
			if !k.promoted.IsZero() {
				fromPromotion = append(fromPromotion, max(0, took-k.promoted.Sub(k.at)))
			}
		}
	}
	const until = " → the agent's pops go on"
	early, red := d.earlyBanners()
	crashes := append(d.cluster.crashes, d.cluster.panicked()...)
	for _, said := range crashes {
		fmt.Fprintln(os.Stderr, "\n"+said)
	}
	return []figure{
		once("nodes that ended by themselves, and panics", "", float64(len(crashes))).none(),
		milliseconds(nodeKilled+until, by[nodeKilled]).within("p99", 2000), milliseconds(nodeEnded+until, by[nodeEnded]).within("p99", 2000),
		milliseconds(nodeStopped+until, by[nodeStopped]), milliseconds(nodeCutOff+until, by[nodeCutOff]),
		milliseconds(databaseRestarted+until, by[databaseRestarted]), milliseconds(databaseStopped+until, by[databaseStopped]),
		milliseconds(databaseHangsUp+until, by[databaseHangsUp]), milliseconds(databaseFailsOver+until, by[databaseFailsOver]),
		milliseconds("… from the promotion", fromPromotion).within("p99", 10_000),
		once("red banners in the real browser before 5 s of trouble", "", float64(red)).none(),
		once("other warnings there before 5 s of trouble", "", float64(early-red)),
	}
}

// resumes is how long it took after something broke until an agent's page was welcome again and what rang had popped. waited says that a
// call waited for that; is is false if nothing can be said, since something else broke meanwhile.
func resumes(k kill, link []edge, calls []*call, pops []popped, others []kill) (took time.Duration, waited, is bool) {
	back := welcomeAfter(link, k.at)
	if back.IsZero() {
		return 0, false, false
	}
	took = back.Sub(k.at)
	for _, c := range calls {
		if c.record == "" || !c.inbound || c.rang.Before(k.at.Add(-lookFor)) || c.rang.After(k.at.Add(lookFor)) || !c.ended.After(k.at) {
			continue
		}
		i := slices.IndexFunc(pops, func(p popped) bool { return p.record == c.record })
		if i < 0 || pops[i].at.Before(k.at) {
			continue
		}
		if !c.rang.Before(k.at) && pops[i].at.Sub(c.rang) <= prompt {
			break // what is late after that is so for another reason
		}
		took, waited = max(took, pops[i].at.Sub(k.at)), true
	}
	for _, o := range others {
		if o.at.Equal(k.at) && o.how == k.how {
			continue
		}
		ends := later(o.at.Add(o.lasts), o.reopened).Add(prompt)
		if o.at.Before(k.at.Add(took)) && ends.After(k.at.Add(-mendsWithin)) {
			return 0, false, false
		}
	}
	return took, waited, true
}

// atOnceNoticed is how soon the end of a connection is seen.
const atOnceNoticed = 100 * time.Millisecond

// welcomeAfter is when a page of an agent was welcome after something broke, which ended its connection or did not.
func welcomeAfter(link []edge, broke time.Time) time.Time {
	welcome := false
	for i, e := range link {
		if e.at.After(broke) {
			switch {
			case !welcome:
				return e.at
			case e.at.After(broke.Add(atOnceNoticed)):
				return broke
			case i+1 < len(link):
				return link[i+1].at
			}
			return time.Time{}
		}
		welcome = e.on
	}
	if welcome {
		return broke
	}
	return time.Time{}
}

// banner is what a real page says above the panel, from when on.
type banner struct {
	level, text string
	at          time.Time
}

// patient is how much trouble there may be before a page speaks of it.
const patient = 5 * time.Second

// earlyBanners counts the warnings of the real page that were shown although there had been no trouble for so long, and those of them that
// are red.
func (d *desks) earlyBanners() (early, red int) {
	for i, br := range d.browsers {
		if br.real == nil {
			continue
		}
		for _, b := range br.real.said() {
			long := slices.ContainsFunc(concerning(d.kills, i), func(k kill) bool {
				return !k.at.After(b.at.Add(-patient)) && !k.at.Add(k.lasts+mendsWithin).Before(b.at)
			})
			if long {
				continue
			}
			early++
			if b.level == "error" {
				red++
			}
			fmt.Fprintf(os.Stderr, "\n%s the real page shows a banner (%s): %s", b.at.Format("15:04:05.000"), b.level, b.text)
		}
	}
	return early, red
}
