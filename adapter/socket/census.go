package socket

// Census counts the connected pages of each user.
func (h *Hub) Census() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := map[string]int{}
	for userID, p := range h.users {
		if len(p.pages) > 0 {
			all[userID] = len(p.pages)
		}
	}
	return all
}

// Pages counts the connected pages of a user.
func (h *Hub) Pages(userID string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p := h.users[userID]; p != nil {
		return len(p.pages)
	}
	return 0
}

// Connected counts the pages that are connected here.
func (h *Hub) Connected() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for _, p := range h.users {
		for _, pg := range p.pages {
			if pg.node == "" {
				n++
			}
		}
	}
	return n
}

// Sessions lists the sessions whose pages are connected here, with their users.
func (h *Hub) Sessions() map[string]string {
	h.mu.Lock()
	defer h.mu.Unlock()
	users := map[string]string{}
	for _, p := range h.users {
		for _, pg := range p.pages {
			if pg.node == "" {
				users[pg.user.Session] = pg.user.ID
			}
		}
	}
	return users
}
