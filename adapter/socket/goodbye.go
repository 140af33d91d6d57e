package socket

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
)

// farewell is what a page sends with its last breath.
type farewell struct {
	Session string `json:"session"`
	User    string `json:"user"` // of the CRM, for whom the page was made
	Page    string `json:"page"`
}

// maxFarewell bounds it, in bytes.
const maxFarewell = 4 << 10

// Goodbye is POST /goodbye: a page is being closed, or loaded again. Its socket may live on for a moment, or have ended a moment before.
// The body is JSON, whatever its type says: a browser sends such a beacon as text. Nobody reads the answer.
func (h *Hub) Goodbye(w http.ResponseWriter, r *http.Request) {
	if !slices.Contains(h.cfg.Origins, r.Header.Get("Origin")) {
		http.Error(w, "this origin may not say goodbye", http.StatusForbidden)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxFarewell))
	var f farewell
	if err == nil {
		err = json.Unmarshal(body, &f)
	}
	if err != nil || f.Page == "" || len(f.Page) > maxText {
		http.Error(w, "no page says goodbye", http.StatusBadRequest)
		return
	}
	user, err := h.cfg.Who(r.Context(), f.Session, f.User)
	switch {
	case errors.Is(err, ErrOtherUser):
		http.Error(w, "another user's session", http.StatusForbidden)
		return
	case err != nil:
		http.Error(w, "nobody is signed in with this session", http.StatusUnauthorized)
		return
	}
	if h.cfg.Elsewhere != nil && h.find(user.ID, f.Page, "") == nil {
		h.send(Letter{Kind: LetterGoodbye, User: user.ID}, about{Page: f.Page})
	} else if h.farewell(user.ID, f.Page) && h.cfg.Left != nil {
		h.cfg.Left(user.ID, true)
	}
	w.WriteHeader(http.StatusNoContent)
}

// farewell notes which page is being closed, and says whether the user has none, since its socket has ended already.
func (h *Hub) farewell(userID, pageID string) (none bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.users[userID]
	if p == nil {
		return !h.ended
	}
	for _, pg := range p.pages {
		if pg.id == pageID {
			pg.goodbye = true
		}
	}
	return len(p.pages) == 0 && !h.ended
}
