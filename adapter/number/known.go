package number

import "sync"

// known remembers what was read: a call's number is read half a dozen times on the way from its ring to its pop, which would take longer
// than all the rest.
type known struct {
	mu  sync.RWMutex // guards all
	all map[asked]read
}

type asked struct{ text, country string }

type read struct {
	number Number
	ok     bool
}

const (
	maxKnown = 2000
	maxAsked = 64 // bytes of a text worth remembering
)

// of is what a text means, by parse if it is not known yet.
func (k *known) of(text, country string, parse func(text, country string) (Number, bool)) (Number, bool) {
	if len(text) > maxAsked {
		return parse(text, country)
	}
	a := asked{text, country}
	k.mu.RLock()
	r, there := k.all[a]
	k.mu.RUnlock()
	if there {
		return r.number, r.ok
	}
	r.number, r.ok = parse(text, country)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.all == nil || len(k.all) >= maxKnown {
		k.all = map[asked]read{}
	}
	k.all[a] = r
	return r.number, r.ok
}
