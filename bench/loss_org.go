package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// ledgerOrg is an org that really keeps what it is given, and that can be cut off in the middle of anything.
type ledgerOrg struct {
	mu       sync.Mutex // guards what follows
	claims   map[string]string
	tasks    []task
	rows     map[string]bool   // contacts that have an AC Contact Channel
	phones   map[string]string // by record
	trouble  trouble
	until    time.Time
	late     int // requests that were carried out after their asker had gone
	troubled int // requests that met trouble
}

// task is one Task as it was made.
type task struct {
	id, contact, record string
	at                  time.Time
}

// trouble is how an org fails.
type trouble string

const (
	fine    trouble = ""
	cutOff  trouble = "cut"  // it does what it is asked, and the connection ends in the middle of the answer
	tooLate trouble = "504"  // it does what it is asked, and answers that it took too long
	hangs   trouble = "hang" // it does nothing until the trouble is over, and then what it was asked, whoever still waits
)

func newLedgerOrg() *ledgerOrg {
	return &ledgerOrg{claims: map[string]string{}, rows: map[string]bool{}, phones: map[string]string{}}
}

// fail begins trouble.
func (o *ledgerOrg) fail(how trouble, until time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.trouble, o.until = how, until
}

func (o *ledgerOrg) troubleNow() (trouble, time.Time) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !time.Now().Before(o.until) {
		return fine, o.until
	}
	o.troubled++
	return o.trouble, o.until
}

// answer is what an org says, before it is known whether it arrives.
type answer struct {
	status int
	header http.Header
	body   bytes.Buffer
}

// Header is http.ResponseWriter's.
func (a *answer) Header() http.Header { return a.header }

// WriteHeader is http.ResponseWriter's.
func (a *answer) WriteHeader(status int) { a.status = status }

func (a *answer) Write(p []byte) (int, error) { return a.body.Write(p) }

// between puts an org's trouble between it and who asks.
func (o *ledgerOrg) between(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(io.LimitReader(r.Body, 4<<20))
		if err != nil {
			return // whoever asked is gone: nothing arrived
		}
		how, until := o.troubleNow()
		if how == hangs {
			time.Sleep(time.Until(until))
			if r.Context().Err() != nil {
				o.mu.Lock()
				o.late++
				o.mu.Unlock()
			}
		}
		r = r.WithContext(context.WithoutCancel(r.Context()))
		r.Body = io.NopCloser(bytes.NewReader(body))
		said := &answer{status: http.StatusOK, header: http.Header{}}
		next.ServeHTTP(said, r)
		switch how {
		case tooLate:
			w.WriteHeader(http.StatusGatewayTimeout)
		case cutOff:
			w.Header().Set("Content-Length", fmt.Sprint(said.body.Len()))
			w.WriteHeader(said.status)
			_, _ = w.Write(said.body.Bytes()[:said.body.Len()/2])
			panic(http.ErrAbortHandler) // ends the connection without the rest
		case fine, hangs:
			w.WriteHeader(said.status)
			_, _ = w.Write(said.body.Bytes())
		}
	})
}
