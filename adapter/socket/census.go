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
