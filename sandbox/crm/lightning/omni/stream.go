package omni

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

const (
	sessionEnded = websocket.StatusCode(4401) // the page goes to log in with its next request
	lookEvery    = 10 * time.Second           // whether the session and the page are still there
	takenWithin  = 5 * time.Second            // a message, or the answer to a ping
)

// stream is a socket that tells one tab what happens for as long as the tab and its session last. It is a socket, as browsers open few
// connections to a host at a time: streams of another kind would keep a person's seventh tab from loading.
func (s *Server) stream(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Origin") != s.cfg.Origin {
		http.Error(w, "only this origin's own pages are told", http.StatusForbidden)
		return
	}
	_, host, _ := strings.Cut(s.cfg.Origin, "://")
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: []string{host}})
	if err != nil {
		return // Accept has answered
	}
	defer conn.CloseNow()
	ctx := conn.CloseRead(r.Context()) // a page says nothing here
	user, err := s.cfg.Authenticate(r)
	if err != nil {
		_ = conn.Close(sessionEnded, "session expired or invalid")
		return
	}
	one, ok := s.tabs.enter(user, session(r))
	if !ok {
		_ = conn.Close(websocket.StatusTryAgainLater, "too many tabs are open")
		return
	}
	defer s.tabs.leave(user, one, s.cfg.Clock, s.left)
	if err := s.do(ctx, "", []schema.RecordID{user}, nothing); err != nil {
		s.cfg.Log.WarnContext(ctx, "omni-channel not readable", "err", err)
		_ = conn.Close(websocket.StatusInternalError, "try again")
		return
	}
	s.tabs.greet(user, one, s.cfg.Clock, s.left)
	s.pass(ctx, r, conn, one)
}

// pass hands messages on until the tab is gone.
func (s *Server) pass(ctx context.Context, r *http.Request, conn *websocket.Conn, one *tab) {
	look := make(chan struct{}, 1)
	for {
		timer := s.cfg.Clock.AfterFunc(lookEvery, func() {
			select {
			case look <- struct{}{}:
			default: // one look is enough
			}
		})
		var m *messageOut
		open := true
		select {
		case <-ctx.Done():
		case next, ok := <-one.out:
			m, open = &next, ok
		case <-look:
		}
		timer.Stop()
		switch {
		case ctx.Err() != nil:
			return
		case !open:
			_ = conn.Close(websocket.StatusTryAgainLater, "try again")
			return
		}
		if _, err := s.cfg.Authenticate(r); err != nil {
			_ = conn.Close(sessionEnded, "session expired or invalid")
			return
		}
		if err := hand(ctx, conn, m); err != nil {
			return
		}
	}
}

// hand writes a message; without one it asks whether the page is there.
func hand(ctx context.Context, conn *websocket.Conn, m *messageOut) error {
	ctx, cancel := context.WithTimeout(ctx, takenWithin)
	defer cancel()
	if m == nil {
		return conn.Ping(ctx)
	}
	body, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return conn.Write(ctx, websocket.MessageText, body)
}
