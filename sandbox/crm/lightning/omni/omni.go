// Package omni is the Omni-Channel of an org at run time: it keeps people's presence and work in records, and tells the tabs of their
// consoles what happens.
//
// Read first: Open, Server.Run, Server.do, tabs. What is decided is decided by sandbox/crm/omni, from records that are read for each
// decision, so that a restart loses nothing. It knows no SQL.
package omni

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/omni"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// Config says which org, and who asks.
type Config struct {
	Org          *crm.Org
	Authenticate func(*http.Request) (schema.RecordID, error)
	Origin       string // of the console's pages, http://localhost:8080
	Clock        clock.Clock
	Log          *slog.Logger
}

// Server is one org's Omni-Channel.
type Server struct {
	cfg  Config
	tabs tabs
	news news

	turn sync.Mutex                          // one decision at a time, told in its order; guards the rest
	came map[schema.RecordID]time.Time       // when an agent logged in, where it was since the start
	last map[schema.RecordID]time.Time       // when work came to an agent last
	were map[schema.RecordID]schema.RecordID // the presence of who is logged in
	next clock.Timer                         // when work that is not answered goes on
}

// Open prepares an org's Omni-Channel; Run makes it work.
func Open(cfg Config) *Server {
	return &Server{cfg: cfg, tabs: tabs{people: map[schema.RecordID]*person{}}, news: news{wake: make(chan struct{}, 1)},
		came: map[schema.RecordID]time.Time{}, last: map[schema.RecordID]time.Time{}, were: map[schema.RecordID]schema.RecordID{}}
}

// Run routes work until ctx ends.
func (s *Server) Run(ctx context.Context) error {
	defer s.cfg.Org.Watch(s.news.changed)()
	defer s.stop()
	s.news.everything()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.news.wake:
			if err := s.follow(ctx, s.news.take()); err != nil && ctx.Err() == nil {
				s.cfg.Log.ErrorContext(ctx, "work not routed", "err", err)
			}
		}
	}
}

func (s *Server) stop() {
	s.turn.Lock()
	defer s.turn.Unlock()
	if s.next != nil {
		s.next.Stop()
	}
	s.tabs.stop()
}

// deed does something about an org's Omni-Channel.
type deed func(context.Context, *crm.Actor, *omni.World) error

// do reads the org's Omni-Channel, does something about it, routes, and writes and tells what came of it: all of it, or nothing. asked
// are users whose rights and configuration count though they may not be logged in; session is the one that asks, "" for none.
func (s *Server) do(ctx context.Context, session string, asked []schema.RecordID, f deed) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	var w *omni.World
	var views map[schema.RecordID]stateOut
	err := s.cfg.Org.Transact(ctx, func(a *crm.Actor) error {
		var err error
		if w, err = s.world(ctx, a, append(asked, s.tabs.watched()...)); err != nil {
			return err
		}
		s.missed(w)
		if err = f(ctx, a, w); err != nil {
			return err
		}
		w.Tick()
		w.Route()
		for _, e := range w.Effects {
			if err := s.carry(ctx, a, w, e); err != nil {
				return err
			}
		}
		views, err = s.views(ctx, a, w)
		return err
	})
	if err != nil {
		return err
	}
	s.keep(w)
	s.tabs.tell(session, w, views, s.cfg.Clock, s.left)
	return nil
}

// missed logs out whose presence is gone from the records: somebody deleted it. That this is a supervisor's log-out is assumed.
func (s *Server) missed(w *omni.World) {
	for user, presence := range s.were {
		if a := w.Agents[user]; a != nil && a.Presence == "" {
			a.Presence = presence
			w.LogOut(user, omni.BySupervisor)
		}
	}
}

// keep remembers what records do not say, and when to look again.
func (s *Server) keep(w *omni.World) {
	for user, a := range w.Agents {
		s.last[user] = a.Last
		if a.Presence == "" {
			delete(s.were, user)
			delete(s.came, user)
			continue
		}
		s.were[user], s.came[user] = a.Presence, a.LoggedIn
	}
	if s.next != nil {
		s.next.Stop()
		s.next = nil
	}
	if due := w.Next(); !due.IsZero() {
		s.next = s.cfg.Clock.AfterFunc(due.Sub(w.Now), s.news.tick)
	}
}

// left is called when the last tab of who is logged in has been gone for a while.
func (s *Server) left(user schema.RecordID) { s.news.gone(user) }

// nothing is done when only what is true is asked for.
func nothing(context.Context, *crm.Actor, *omni.World) error { return nil }
