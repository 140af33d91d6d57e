package omni

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/omni"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Pattern is where Handler belongs.
const Pattern = "/lightning/api/omni/"

const (
	bodyLimit  = 4 << 10          // bytes of one question
	patience   = 15 * time.Second // for one request
	mostReason = 255              // characters of a reason for declining, as the field has
)

type asked = edge.Asked

// Handler serves /lightning/api/omni/….
func (s *Server) Handler() http.Handler {
	door := &edge.Door[asked]{
		Authenticate: s.cfg.Authenticate, Admit: edge.WithRights(s.cfg.Org), Origin: s.cfg.Origin,
		Body: bodyLimit, Patience: patience, Log: s.cfg.Log,
	}
	mux := http.NewServeMux()
	mux.Handle("GET "+Pattern+"state", edge.Op(door, s.state))
	mux.Handle("PUT "+Pattern+"presence", edge.Op(door, s.setStatus))
	mux.Handle("DELETE "+Pattern+"presence", edge.Op(door, s.logOut))
	mux.Handle("POST "+Pattern+"works/{id}/accept", edge.Op(door, s.accept))
	mux.Handle("POST "+Pattern+"works/{id}/decline", edge.Op(door, s.decline))
	mux.Handle("POST "+Pattern+"works/{id}/close", edge.Op(door, s.closeWork))
	mux.HandleFunc("GET "+Pattern+"stream", s.stream)
	mux.Handle(Pattern, edge.Op(door, func(context.Context, asked) (stateOut, error) { return stateOut{}, edge.ErrNoPage }))
	return mux
}

// session names the session of a request without giving it away.
func session(r *http.Request) string {
	cookie, err := r.Cookie(edge.SessionCookie)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256([]byte(cookie.Value))
	return hex.EncodeToString(sum[:16])
}

// then does something for the user who asks, and answers what is true since.
func (s *Server) then(ctx context.Context, r asked, f func(*omni.World) error) (stateOut, error) {
	of := session(r.Request)
	var none stateOut
	err := s.do(ctx, of, []schema.RecordID{r.User.ID}, func(_ context.Context, _ *crm.Actor, w *omni.World) error { return f(w) })
	if err != nil {
		return none, err
	}
	return s.tabs.seenBy(r.User.ID, of), nil
}

func (s *Server) state(ctx context.Context, r asked) (stateOut, error) {
	return s.then(ctx, r, func(*omni.World) error { return nil })
}

// setStatus logs in whom another session had logged in: that one is logged out.
func (s *Server) setStatus(ctx context.Context, r asked) (stateOut, error) {
	in, err := edge.Decode[setStatusIn](r.Body)
	if err != nil {
		return stateOut{}, err
	}
	if !slices.Contains([]string{omni.ByToolkit, omni.ByHand, omni.ByLogin}, in.Reason) {
		return stateOut{}, edge.ErrUnreadable
	}
	return s.then(ctx, r, func(w *omni.World) error {
		if !s.tabs.owns(r.User.ID, session(r.Request)) {
			w.LogOut(r.User.ID, omni.Elsewhere)
		}
		return w.SetStatus(r.User.ID, schema.To18(in.StatusID), in.Reason)
	})
}

func (s *Server) logOut(ctx context.Context, r asked) (stateOut, error) {
	return s.then(ctx, r, func(w *omni.World) error {
		if s.tabs.owns(r.User.ID, session(r.Request)) {
			w.LogOut(r.User.ID, "")
		}
		return nil
	})
}

// aboutOwn does something about a piece of the user's own work.
func (s *Server) aboutOwn(ctx context.Context, r asked, f func(w *omni.World, user, work schema.RecordID) error) (stateOut, error) {
	return s.then(ctx, r, func(w *omni.World) error {
		if !s.tabs.owns(r.User.ID, session(r.Request)) {
			return omni.ErrNoWork
		}
		return f(w, r.User.ID, r.ID())
	})
}

func (s *Server) accept(ctx context.Context, r asked) (stateOut, error) {
	return s.aboutOwn(ctx, r, (*omni.World).Accept)
}

func (s *Server) closeWork(ctx context.Context, r asked) (stateOut, error) {
	return s.aboutOwn(ctx, r, (*omni.World).Close)
}

func (s *Server) decline(ctx context.Context, r asked) (stateOut, error) {
	in, err := edge.Decode[declineIn](r.Body)
	if err != nil {
		return stateOut{}, err
	}
	if reason := []rune(strings.TrimSpace(in.Reason)); len(reason) > mostReason {
		in.Reason = string(reason[:mostReason])
	}
	return s.aboutOwn(ctx, r, func(w *omni.World, user, work schema.RecordID) error { return w.Decline(user, work, in.Reason) })
}
