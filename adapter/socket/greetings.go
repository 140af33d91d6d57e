package socket

import "sync"

// greetings are the pages that were asked who they are and have not joined yet. Whoever ends a session tells the pages that are there: of
// one that ends meanwhile none may join. The zero value is ready.
type greetings struct {
	mu   sync.Mutex // guards what follows
	n    int
	over map[string]bool // sessions that have ended while somebody was greeted
}

// begin notes a page, until done is called.
func (g *greetings) begin() (done func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.n++
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.n--; g.n == 0 {
			g.over = nil
		}
	}
}

// end notes that a session has ended.
func (g *greetings) end(session string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.n == 0 {
		return
	}
	if g.over == nil {
		g.over = map[string]bool{}
	}
	g.over[session] = true
}

// isOver says whether a session has ended while its page was greeted.
func (g *greetings) isOver(session string) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.over[session]
}
