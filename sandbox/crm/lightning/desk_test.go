package lightning

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"testing"
	"testing/fstest"

	"github.com/patchcord/patchcord/internal/clock"
	"github.com/patchcord/patchcord/internal/leak"
	"github.com/patchcord/patchcord/internal/secret"
	"github.com/patchcord/patchcord/sandbox/crm"
	"github.com/patchcord/patchcord/sandbox/crm/crmtest"
	"github.com/patchcord/patchcord/sandbox/crm/lightning/edge"
	"github.com/patchcord/patchcord/sandbox/crm/schema"
)

// desk is a console of a new org with Amelia at it.
type desk struct {
	t *testing.T
	h http.Handler
}

func open(t *testing.T) desk {
	t.Helper()
	amelia, _ := openTwo(t)
	return amelia
}

// openTwo is one org with an agent and an administrator at their consoles.
func openTwo(t *testing.T) (amelia, ada desk) {
	t.Helper()
	_, amelia, ada = openOrg(t)
	return amelia, ada
}

func openOrg(t *testing.T) (_ *crm.Org, amelia, ada desk) {
	t.Helper()
	leak.Check(t)
	org, err := crmtest.Open(t, crm.Config{
		Dir: t.TempDir(), Clock: clock.System{}, Log: slog.New(slog.DiscardHandler),
		Origin: "http://localhost:8080", VisualforceOrigin: "http://localhost:8081",
		Users: []crm.SeedUser{{
			Username: "agent@patchcord.example", FirstName: "Amelia", LastName: "Okafor", Alias: "amelia",
			Password: secret.String("Patchcord-2026"),
		}, {
			Username: "admin@patchcord.example", FirstName: "Ada", LastName: "Byrne", Alias: "ada",
			Password: secret.String("Patchcord-2026"), Administrator: true,
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := org.Close(); err != nil {
			t.Error(err)
		}
	})
	at := func(username string) desk {
		user, err := org.People.UserByName(t.Context(), username)
		if err != nil {
			t.Fatal(err)
		}
		return desk{t, Handler(Config{
			Org:          org,
			Authenticate: func(*http.Request) (schema.RecordID, error) { return user.ID, nil },
			Page:         fstest.MapFS{}, Origin: "http://localhost:8080", VisualforceOrigin: "http://localhost:8081",
			Log: slog.New(slog.DiscardHandler),
		})}
	}
	return org, at("agent@patchcord.example"), at("admin@patchcord.example")
}

// ask sends one request of the page and reads the answer.
func does[Out any](d desk, method, path, body string, status int) Out {
	d.t.Helper()
	got := ask(d.t, d.h, method, "/lightning/api"+path, body, cookie, token())
	raw, err := io.ReadAll(got.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	var out Out
	if got.StatusCode != status {
		d.t.Fatalf("%s %s = %d %s, want %d", method, path, got.StatusCode, raw, status)
	}
	if err := json.Unmarshal(raw, &out); err != nil {
		d.t.Fatalf("%s %s: %v in %s", method, path, err, raw)
	}
	return out
}

const maya = `{"values":{"FirstName":"Maya","lastname":"Lindqvist","Phone":"(206) 555-0142"}}`

func TestARecordsLife(t *testing.T) {
	d := open(t)
	saved := does[savedOut](d, "POST", "/records/Contact", maya, 200)
	if saved.Name != "Maya Lindqvist" {
		t.Fatalf("saved %+v", saved)
	}
	path := "/records/Contact/" + saved.ID
	page := does[recordOut](d, "GET", path, "", 200)
	if owner := page.Record.References["OwnerId"]; owner.Name != "Amelia Okafor" {
		t.Errorf("owner = %+v", owner)
	}
	if label := page.Info.Fields["Phone"].Label; label != "Phone" {
		t.Errorf("Phone is called %q", label)
	}

	does[savedOut](d, "PATCH", path, `{"values":{"Title":"Owner"},"lastModified":"`+page.LastModified+`"}`, 200)
	refused := does[edge.Problems](d, "PATCH", path, `{"values":{"Title":"x"},"lastModified":"2020-01-01T00:00:00.000+0000"}`, 409)
	if refused.Errors[0].Code != "CONFLICT" {
		t.Errorf("a stale save is refused with %+v", refused)
	}

	if list := does[listOut](d, "GET", "/lists/Contact?view=Recent", "", 200); len(list.Rows) != 1 || list.Rows[0].Name != "Maya Lindqvist" {
		t.Errorf("recently viewed = %+v", list.Rows)
	}
	call := `{"values":{"Subject":"Call","Status":"Completed","CallType":"Inbound","WhoId":"` + saved.ID + `"}}`
	does[savedOut](d, "POST", "/records/Task", call, 200)
	lists := does[relatedOut](d, "GET", path+"/related", "", 200).Lists
	if len(lists) != 2 || lists[1].Object != "Task" || len(lists[1].Rows) != 1 {
		t.Errorf("related = %+v", lists)
	}
	does[savedOut](d, "DELETE", path, "", 200)
	does[edge.Problems](d, "GET", path, "", 404)
}

func TestSearches(t *testing.T) {
	d := open(t)
	does[savedOut](d, "POST", "/records/Contact", maya, 200)
	for _, tc := range []struct {
		name, term string
		found      int
	}{
		{"the beginning of a name", "may lind", 1},
		{"the number's digits", "2065550142", 1},
		{"the number as it is stored", "(206) 555-0142", 1},
		{"the number's end", "5550142", 1},
		{"the number as networks write it", "+12065550142", 1},
		{"the same, as people write it", "+1 (206) 555-0142", 1},
		{"the number of another country that ends alike", "+442065550142", 0},
		{"a longer number of the country", "+112065550142", 0},
		{"another number", "2065550143", 0},
		{"only punctuation", "}{", 0},
		{"an attempt to leave the braces", "x} RETURNING User(Id", 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := desk{t, d.h}
			query := url.QueryEscape(tc.term)
			contacts := does[groupsOut](d, "GET", "/search?q="+query, "", 200).Groups[0]
			if len(contacts.Rows) != tc.found {
				t.Errorf("search found %+v, want %d", contacts.Rows, tc.found)
			}
			matches := does[matchesOut](d, "GET", "/softphone/search?callType=inbound&q="+query, "", 200).Matches
			if len(matches) != tc.found {
				t.Errorf("the softphone found %+v, want %d", matches, tc.found)
			}
		})
	}
}

func TestRefusalsOfTheOrg(t *testing.T) {
	d := open(t)
	refused := does[edge.Problems](d, "POST", "/records/Contact", `{"values":{"FirstName":"Maya"}}`, 400)
	if e := refused.Errors[0]; e.Code != "REQUIRED_FIELD_MISSING" || len(e.Fields) != 1 || e.Fields[0] != "LastName" {
		t.Errorf("a contact without a last name: %+v", e)
	}
	does[edge.Problems](d, "POST", "/records/Contact", `{"values":{"LastName":{"nested":1}}}`, 400)
	does[edge.Problems](d, "GET", "/lists/AC_CtiAdapter__c?view=All", "", 403) // the object is there, the right is not
	does[edge.Problems](d, "GET", "/records/Contact/003000000000001AAA", "", 404)
}
