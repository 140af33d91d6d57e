package main

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// org is the CRM by its published APIs.
type org struct {
	origin, session string
	client          *http.Client
}

const maxAnswer = 16 << 20

// logIn logs in by SOAP, as clients without a browser do.
func logIn(ctx context.Context, origin, username, password string) (*org, error) {
	escape := func(s string) string {
		var b strings.Builder
		_ = xml.EscapeText(&b, []byte(s)) // a builder never fails
		return b.String()
	}
	body := `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><login xmlns="urn:partner.soap.sforce.com"><username>` +
		escape(username) + `</username><password>` + escape(password) + `</password></login></Body></Envelope>`
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, origin+"/services/Soap/u/62.0", strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "text/xml")
	req.Header.Set("SOAPAction", `""`)
	o := &org{origin: origin, client: &http.Client{Timeout: time.Minute}}
	answer, err := o.send(req)
	if err != nil {
		return nil, fmt.Errorf("log in: %w", err)
	}
	_, rest, _ := strings.Cut(string(answer), "<sessionId>")
	session, _, found := strings.Cut(rest, "</sessionId>")
	if !found {
		return nil, errors.New("log in: no session in the answer")
	}
	o.session = session
	return o, nil
}

func (o *org) send(req *http.Request) ([]byte, error) {
	resp, err := o.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %.300s", resp.Status, body)
	}
	return body, err
}

func (o *org) get(ctx context.Context, path string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, o.origin+path, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+o.session)
	return o.send(req)
}

// contact is a caller.
type contact struct{ ID, Name, Phone string }

func (o *org) query(ctx context.Context, soql string) ([]contact, error) {
	body, err := o.get(ctx, "/services/data/v62.0/query?q="+url.QueryEscape(soql))
	if err != nil {
		return nil, fmt.Errorf("%.80s: %w", soql, err)
	}
	var page struct{ Records []contact }
	return page.Records, json.Unmarshal(body, &page)
}

func (o *org) search(ctx context.Context, sosl string) ([]contact, error) {
	body, err := o.get(ctx, "/services/data/v62.0/search?q="+url.QueryEscape(sosl))
	if err != nil {
		return nil, fmt.Errorf("%.80s: %w", sosl, err)
	}
	var page struct {
		Records []contact `json:"searchRecords"`
	}
	return page.Records, json.Unmarshal(body, &page)
}

// somebody picks n contacts with different numbers, from stretches spread over all of them.
func (o *org) somebody(ctx context.Context, n int) ([]contact, error) {
	chance := rand.New(rand.NewPCG(1, 2)) // the same people every time
	var all []contact
	for _, by := range []string{"Id", "Id DESC", "Name", "Name DESC"} {
		page, err := o.query(ctx, "SELECT Id, Name, Phone FROM Contact WHERE Phone != null ORDER BY "+by+" LIMIT 2000")
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
	}
	chance.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	seen := map[string]bool{}
	var chosen []contact
	for _, c := range all {
		if !seen[c.ID] && len(chosen) < n {
			seen[c.ID] = true
			chosen = append(chosen, c)
		}
	}
	if len(chosen) < n {
		return nil, fmt.Errorf("only %d contacts to choose from, want %d", len(chosen), n)
	}
	return chosen, nil
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
}

const warmUp = 200

// lookup measures how a caller's record is found over HTTP, with one client that waits for each answer.
func (b bench) lookup(ctx context.Context) ([]figure, error) {
	data, loaded, err := b.filled(ctx, b.contacts)
	if err != nil {
		return nil, err
	}
	p, r, err := b.sandbox(ctx, "--data", data)
	if err != nil {
		return nil, err
	}
	defer p.stop()
	username, password := r.user("agent")
	o, err := logIn(ctx, r.CRM, username, password)
	if err != nil {
		return nil, err
	}
	people, err := o.somebody(ctx, min(b.lookups, 4000))
	if err != nil {
		return nil, err
	}
	took, err := b.lookedUp(ctx, o, people)
	if err != nil {
		return nil, err
	}
	now, _ := p.memory()
	in := fmt.Sprintf(" in %d contacts", b.contacts)
	return append(loaded,
		milliseconds("phone lookup, SOSL over HTTP"+in, took).within("p99", 1),
		once("memory of the sandbox after them", "MB", now),
	), nil
}

// lookedUp is how long each lookup by the last ten digits of a number took, those to warm up left out.
func (b bench) lookedUp(ctx context.Context, o *org, people []contact) ([]time.Duration, error) {
	var took []time.Duration
	for i := range b.lookups + warmUp {
		c := people[i%len(people)]
		number := digits(c.Phone)
		began := time.Now()
		found, err := o.search(ctx, "FIND {"+number[max(0, len(number)-10):]+"} IN PHONE FIELDS RETURNING Contact(Id, Name, Phone)")
		lasted := time.Since(began)
		if err != nil {
			return nil, err
		}
		if len(found) != 1 || found[0].ID != c.ID {
			return nil, fmt.Errorf("looking up %s (%s) found %v", c.Name, c.Phone, found)
		}
		if i >= warmUp {
			took = append(took, lasted)
		}
	}
	return took, nil
}
