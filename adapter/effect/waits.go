package effect

import "sync"

// waits are commands that wait for a page, by contact.
type waits struct {
	mu sync.Mutex // guards of
	of map[string]map[*func()]struct{}
}

func newWaits() waits { return waits{of: map[string]map[*func()]struct{}{}} }

// add notes how a wait is given up, and gives how it is forgotten.
func (w *waits) add(contact string, giveUp func()) (forget func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.of[contact] == nil {
		w.of[contact] = map[*func()]struct{}{}
	}
	w.of[contact][&giveUp] = struct{}{}
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.of[contact], &giveUp)
		if len(w.of[contact]) == 0 {
			delete(w.of, contact)
		}
	}
}

func (w *waits) giveUp(contact string) {
	w.mu.Lock()
	var all []func()
	for f := range w.of[contact] {
		all = append(all, *f)
	}
	w.mu.Unlock()
	for _, f := range all {
		f()
	}
}
