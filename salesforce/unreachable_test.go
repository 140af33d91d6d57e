package salesforce

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// However an org is out of reach, it is one kind: nobody has to know how a connection breaks to see that it is worth trying later.
func TestAnOrgOutOfReachIsOneKind(t *testing.T) {
	cut := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_ = conn.Close()
	})
	half := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		_, _ = w.Write([]byte(`{"id":`))
	})
	closed := httptest.NewServer(cut)
	closed.Close()
	for name, h := range map[string]http.Handler{"cut off before the answer": cut, "cut off in mid-answer": half, "nobody at the port": nil} {
		t.Run(name, func(t *testing.T) {
			address := closed.URL
			if h != nil {
				server := httptest.NewServer(h)
				defer server.Close()
				address = server.URL
			}
			c := New(Config{Session: Session{InstanceURL: address}, Clock: impatient{}})
			app := App{LoginURL: address}
			for call, try := range map[string]func(context.Context) error{
				"REST":       func(ctx context.Context) error { _, err := c.Create(ctx, "Task", Values{}); return err },
				"OAuth":      func(ctx context.Context) error { _, err := app.Refresh(ctx, "r"); return err },
				"SOAP login": func(ctx context.Context) error { _, err := LoginSOAP(ctx, address, "u", "p"); return err },
				"retrieve":   func(ctx context.Context) error { _, err := c.Retrieve(ctx, Member{Type: "T", Name: "n"}); return err },
				"layout":     func(ctx context.Context) error { _, err := c.SoftphoneLayout(ctx); return err },
			} {
				if err := try(t.Context()); !errors.Is(err, ErrUnreachable) {
					t.Errorf("%s: %v", call, err)
				}
			}
		})
	}
}

// While an org is being maintained a page for people stands in its place, whatever its status: what was asked is worth trying later.
func TestAPageForPeopleIsNoAnswer(t *testing.T) {
	org := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/down":
			_, _ = io.WriteString(w, "<html>We are down for maintenance.</html>")
		default:
			http.Redirect(w, r, "/down", http.StatusFound)
		}
	}))
	defer org.Close()
	c, app := New(Config{Session: Session{InstanceURL: org.URL}, Clock: impatient{}}), App{LoginURL: org.URL}
	if _, err := Query[struct{}](t.Context(), c, "SELECT Id FROM Contact"); !errors.Is(err, ErrUnreachable) {
		t.Errorf("query: %v", err)
	}
	if _, err := c.Create(t.Context(), "Task", Values{}); !errors.Is(err, ErrUnreachable) {
		t.Errorf("create: %v", err)
	}
	if _, err := app.Refresh(t.Context(), "r"); !errors.Is(err, ErrUnreachable) || errors.Is(err, ErrExpired) {
		t.Errorf("refresh: %v", err)
	}
}
