package salesforce

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

func TestACompositeIsSentAsThePlatformWantsIt(t *testing.T) {
	var got string
	c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = r.Method + " " + r.URL.Path + " " + string(body)
		_, _ = io.WriteString(w, `{"compositeResponse":[`+
			`{"body":{"id":"a01","success":true,"errors":[]},"httpHeaders":{},"httpStatusCode":201,"referenceId":"claim"},`+
			`{"body":null,"httpHeaders":{},"httpStatusCode":204,"referenceId":"name"},`+
			`{"body":{"records":[{"Id":"001"}]},"httpHeaders":{},"httpStatusCode":200,"referenceId":"all"},`+
			`{"body":[{"errorCode":"NOT_FOUND","message":"gone"}],"httpHeaders":{},"httpStatusCode":404,"referenceId":"one"}]}`)
	})
	answers, err := c.Composite(t.Context(), Composite{Parts: []Part{
		Insert("claim", "AC_Claim__c", Values{"Key__c": "@{claim.id} @{", "Note__c": json.RawMessage(`"\u0040{claim.id}"`)}),
		Change("name", "AC_Claim__c", From("claim", "id"), Values{"Record_Id__c": From("claim", "id")}),
		Ask("all", "SELECT Id FROM Account"),
		Read("one", "Task", ID("00T/1"), "Id", "Subject"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	const base = `"url":"/services/data/v67.0`
	for _, want := range []string{
		`POST /services/data/v67.0/composite {"allOrNone":false,`,
		`{"method":"POST",` + base + `/sobjects/AC_Claim__c","referenceId":"claim",` +
			`"body":{"Key__c":"@ {claim.id} @ {","Note__c":"@ {claim.id}"}}`,
		`{"method":"PATCH",` + base + `/sobjects/AC_Claim__c/@{claim.id}","referenceId":"name","body":{"Record_Id__c":"@{claim.id}"}}`,
		`{"method":"GET",` + base + `/query?q=SELECT+Id+FROM+Account","referenceId":"all"}`,
		`{"method":"GET",` + base + `/sobjects/Task/00T%2F1?fields=Id,Subject","referenceId":"one"}`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if id, err := answers.ID("claim"); id != "a01" || err != nil {
		t.Errorf("%q %v", id, err)
	}
	if err := answers.Into("one", &struct{}{}); !IsCode(err, "NOT_FOUND") {
		t.Errorf("%v", err)
	}
	if err := answers.Into("none", &struct{}{}); err == nil {
		t.Error("an answer to nothing")
	}
}

const (
	undone = `{"body":[{"errorCode":"PROCESSING_HALTED","message":"rolled back"}],"httpStatusCode":400,"referenceId":"claim"}`
	locked = `{"body":[{"errorCode":"UNABLE_TO_LOCK_ROW","message":"exclusive access"}],"httpStatusCode":400,"referenceId":"task"}`
	twice  = `{"body":[{"errorCode":"DUPLICATE_VALUE","message":"found","fields":["Key__c"]}],"httpStatusCode":400,"referenceId":"task"}`
	fine   = `{"body":{"id":"a"},"httpStatusCode":201,"referenceId":"claim"},{"body":{"id":"b"},"httpStatusCode":201,"referenceId":"task"}`
)

func twoParts(repeatable bool) Composite {
	return Composite{AllOrNone: true, Repeatable: repeatable, Parts: []Part{Insert("claim", "C", nil), Insert("task", "Task", nil)}}
}

// The platform refuses such a one as a whole. Source: REST API developer guide, Composite.
func TestACompositeHasSoManyQueries(t *testing.T) {
	c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"compositeResponse":[]}`) })
	for n := range 8 {
		all := Composite{Parts: []Part{Insert("one", "Task", nil), Insert("two", "Task", nil)}}
		for i := range n {
			all.Parts = append(all.Parts, Ask(fmt.Sprint("q", i), "SELECT Id FROM User"))
		}
		_, err := c.Composite(t.Context(), all)
		if refused := err != nil && strings.Contains(err.Error(), "of them queries"); refused != (n > 5) {
			t.Errorf("%d queries: %v", n, err)
		}
	}
}

func TestACompositeOfAllOrNoneFailsWithWhatFailed(t *testing.T) {
	calls := 0
	c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		calls++
		_, _ = io.WriteString(w, `{"compositeResponse":[`+undone+`,`+twice+`]}`)
	})
	_, err := c.Composite(t.Context(), twoParts(true))
	part, ok := errors.AsType[*PartError](err)
	if !ok || part.Part != "task" || !IsCode(err, "DUPLICATE_VALUE") || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
	if _, err := c.Composite(t.Context(), Composite{}); err == nil {
		t.Error("nothing to do")
	}
}

// What a claim makes safe is sent again however it failed; what is not safe only where nothing was done.
func TestHowARequestIsRepeated(t *testing.T) {
	for _, tc := range []struct {
		name       string
		first      string // the status, "cut", or an answer
		repeatable bool
		calls      int
	}{
		{"a gateway's timeout", "504", true, 2},
		{"an error of the org's own", "500", true, 2},
		{"too many requests", "429", true, 2},
		{"cut off", "cut", true, 2},
		{"a row that is locked", `{"compositeResponse":[` + undone + `,` + locked + `]}`, true, 2},
		{"a gateway's timeout of what is not repeatable", "504", false, 1},
		{"an error of what is not repeatable", "500", false, 1},
		{"cut off, and not repeatable", "cut", false, 1},
		{"refused before anything was done", "503", false, 2},
		{"too many requests that are not repeatable", "429", false, 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			calls := 0
			c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
				calls++
				status := map[string]int{"500": 500, "503": 503, "504": 504, "429": 429}[tc.first]
				switch {
				case calls > 1:
					_, _ = io.WriteString(w, `{"compositeResponse":[`+fine+`]}`)
				case status != 0:
					w.WriteHeader(status)
				case tc.first == "cut":
					w.Header().Set("Content-Length", "1000")
					_, _ = io.WriteString(w, `{"compositeResponse":`)
				default:
					_, _ = io.WriteString(w, tc.first)
				}
			})
			_, err := c.Composite(t.Context(), twoParts(tc.repeatable))
			if calls != tc.calls || (err == nil) != (tc.calls == 2) {
				t.Errorf("%d calls, %v", calls, err)
			}
		})
	}
}

// Each try that gets no answer may take the whole timeout.
func TestWhatIsNeverAnsweredIsTriedTwice(t *testing.T) {
	calls := 0
	c, _ := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		calls++
		w.Header().Set("Content-Length", "1000")
		_, _ = io.WriteString(w, `{`)
	})
	if _, err := c.Composite(t.Context(), twoParts(true)); !errors.Is(err, ErrUnreachable) || calls != 2 {
		t.Errorf("%v after %d calls", err, calls)
	}
}

func TestRowsAreWrittenEachForItself(t *testing.T) {
	var got string
	c, _ := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = r.Method + " " + r.URL.RequestURI() + " " + string(body)
		_, _ = io.WriteString(w, `[{"id":"a","success":true,"created":true,"errors":[]},`+
			`{"success":false,"errors":[{"statusCode":"STRING_TOO_LONG","message":"too long","fields":["F__c"]}]}]`)
	})
	rows, err := c.UpsertMany(t.Context(), "R__c", "K__c", []Values{{"K__c": "1"}, {"K__c": "2"}})
	if err != nil || len(rows) != 2 || rows[0].ID != "a" || !rows[0].Created || rows[0].Err != nil || !IsCode(rows[1].Err, "STRING_TOO_LONG") {
		t.Errorf("%+v %v", rows, err)
	}
	const want = `PATCH /services/data/v67.0/composite/sobjects/R__c/K__c {"allOrNone":false,"records":[` +
		`{"K__c":"1","attributes":{"type":"R__c"}},{"K__c":"2","attributes":{"type":"R__c"}}]}`
	if got != want {
		t.Errorf("sent %s", got)
	}
	if rows, err = c.DeleteMany(t.Context(), []string{"a", "b"}); err != nil || len(rows) != 2 ||
		got != "DELETE /services/data/v67.0/composite/sobjects?allOrNone=false&ids=a%2Cb " {
		t.Errorf("%+v %v %s", rows, err, got)
	}
	if _, err := c.DeleteMany(t.Context(), []string{"a"}); err == nil {
		t.Error("an answer too many is none")
	}
	if _, err := c.UpsertMany(t.Context(), "R__c", "K__c", make([]Values, MaxRows+1)); err == nil {
		t.Error("too many rows")
	}
	if rows, err := c.UpsertMany(t.Context(), "R__c", "K__c", nil); rows != nil || err != nil {
		t.Error("no rows are no request")
	}
}
