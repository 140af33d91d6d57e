package calllog

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync/atomic"
	"testing"
	"time"
)

var ended = time.Date(2026, 3, 1, 3, 0, 0, 0, time.UTC)

func aCall() Call {
	return Call{
		UserID: "005000000000001AAA", ContactID: "c-1", Type: "voice", Inbound: true, Number: "+12065550952", Answered: true,
		Record: "003000000000001AAA", AnsweredAt: ended.Add(-time.Minute), EndedAt: ended, Duration: 61500 * time.Millisecond,
	}
}

// until asks as long as it is worth it, as runs do.
func until(t *testing.T, l Log, c Call) (Logged, error) {
	t.Helper()
	for range 20 {
		done, err := l.Task(t.Context(), c)
		if _, later := errors.AsType[*Later](err); !later {
			return done, err
		}
	}
	t.Fatal("it never came to an end")
	return Logged{}, nil
}

// How an org fails to answer is one thing, when it made the Task another: there is one in the end.
func TestOneTaskHoweverTheOrgAnswers(t *testing.T) {
	status := func(code int, body string) func(trouble, *org, bool) {
		return func(w trouble, _ *org, _ bool) {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(code)
			_, _ = io.WriteString(w, body)
		}
	}
	const page = "<html>gateway</html>"
	for name, fail := range map[string]func(w trouble, o *org, after bool){
		"401": status(401, `[{"errorCode":"INVALID_SESSION_ID","message":"over"}]`),
		"403": status(403, `[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"all used"}]`),
		"429": status(429, page), "500": status(500, `[{"errorCode":"UNKNOWN_EXCEPTION","message":"?"}]`),
		"502": status(502, page), "503": status(503, page), "504": status(504, page),
		"a page for people":         status(200, page),
		"cut off before its answer": func(w trouble, _ *org, _ bool) { panic(http.ErrAbortHandler) },
		"cut off in mid-answer": func(w trouble, _ *org, _ bool) {
			w.Header().Set("Content-Length", "1000")
			_, _ = io.WriteString(w, `{"compositeResponse":[`)
		},
		"no answer at all": func(w trouble, o *org, _ bool) {
			select {
			case o.hung <- struct{}{}:
				<-w.over
			case <-w.over:
			}
		},
	} {
		for _, after := range []bool{false, true} {
			for _, times := range []int64{1, 7} {
				t.Run(fmt.Sprintf("%s, after it was made: %t, times: %d", name, after, times), func(t *testing.T) {
					o := open(t)
					var left atomic.Int64
					left.Store(times)
					o.trouble = func(w trouble) bool {
						if left.Add(-1) < 0 {
							return false
						}
						if after {
							w.commit()
						}
						fail(w, o, after)
						return true
					}
					done, err := until(t, o.log(), aCall())
					tasks := o.all("Task")
					if err != nil || len(tasks) != 1 || done.TaskID != tasks[0]["Id"] || done.Again != after {
						t.Errorf("%+v %v; %d Tasks", done, err, len(tasks))
					}
					if claims := o.all(claimObject); len(claims) != 1 || claims[0]["Record_Id__c"] != done.TaskID {
						t.Errorf("claims %v", claims)
					}
				})
			}
		}
	}
}

// A request that nobody waits for any more is carried out after the one that was sent in its place.
func TestARequestThatArrivesLateMakesNothing(t *testing.T) {
	o := open(t)
	second, carriedOut := make(chan struct{}), make(chan string)
	var n atomic.Int64
	o.trouble = func(w trouble) bool {
		switch n.Add(1) {
		case 1:
			o.hung <- struct{}{}
			<-second
			carriedOut <- string(w.commit())
			return true
		case 2:
			_, _ = w.Write(w.commit())
			close(second)
			return true
		}
		return false
	}
	done, err := until(t, o.log(), aCall())
	said := <-carriedOut
	tasks := o.all("Task")
	if err != nil || done.Again || len(tasks) != 1 || len(o.all(claimObject)) != 1 {
		t.Errorf("%+v %v, %v; the late one got %s", done, err, tasks, said)
	}
}

// Whoever runs twice makes one; two agents make two.
func TestATaskAnAgentAndContact(t *testing.T) {
	o := open(t)
	other, missed := aCall(), aCall()
	other.UserID = "005000000000002AAA"
	missed.UserID, missed.Answered, missed.Missed = "005000000000003AAA", false, true
	for range 3 {
		for _, c := range []Call{aCall(), other, missed} {
			if _, err := o.log().Task(t.Context(), c); err != nil {
				t.Fatal(err)
			}
		}
	}
	if tasks := o.all("Task"); len(tasks) != 2 {
		t.Errorf("%d Tasks", len(tasks))
	}
}

func TestATaskCostsOneRequest(t *testing.T) {
	o := open(t)
	if _, err := o.log().Task(t.Context(), aCall()); err != nil || len(o.requests()) != 1 {
		t.Errorf("%v, asked %v", err, o.requests())
	}
}

func TestARecordIsMadeOnceForAKey(t *testing.T) {
	o := open(t)
	id, again, err := Create(t.Context(), o.client, "run|a|1", "Case", fields{"Subject": "@{claim.id}"})
	if err != nil || again || id == "" {
		t.Fatalf("%q %v %v", id, again, err)
	}
	same, again, err := Create(t.Context(), o.client, "run|a|1", "Case", fields{"Subject": "other"})
	if cases := o.all("Case"); err != nil || !again || same != id || len(cases) != 1 || cases[0]["Subject"] != "@ {claim.id}" {
		t.Errorf("%q %v %v, %v", same, again, err, cases)
	}
	if _, again, err = Create(t.Context(), o.client, "RUN|a|1", "Case", nil); err != nil || again {
		t.Errorf("capital letters are another key: %v %v", again, err)
	}
}

// A flow's Task is the call's own, as long as the call has none; each effect has one, however often it is tried.
func TestTheFirstTaskOfAFlowIsTheCalls(t *testing.T) {
	o, c := open(t), aCall()
	call := TaskKey(c.UserID, c.ContactID)
	make := func(key string) (string, bool) {
		t.Helper()
		id, again, err := CreateTask(t.Context(), o.client, key, call, fields{"Subject": "Offer", "Status": "In Progress"})
		if err != nil || id == "" {
			t.Fatalf("%q %v", id, err)
		}
		return id, again
	}
	first, _ := make("flow|a|1")
	second, again := make("flow|b|1")
	if again || second == first {
		t.Errorf("another effect has the Task of the first")
	}
	for key, want := range map[string]string{"flow|a|1": first, "flow|b|1": second} {
		if id, again := make(key); id != want || !again {
			t.Errorf("%s once more: %q %v, want %q", key, id, again, want)
		}
	}
	done, err := o.log().Task(t.Context(), c)
	if err != nil || done.TaskID != first || !done.Again || len(o.all("Task")) != 2 {
		t.Errorf("the log: %+v %v, %d Tasks", done, err, len(o.all("Task")))
	}
	for _, task := range o.all("Task") {
		want := map[string]any{first: "Completed", second: "In Progress"}[task["Id"].(string)]
		if task["Status"] != want || task["Subject"] != "Offer" {
			t.Errorf("%v, want %v", task, want)
		}
	}
}

func TestKeysThatTheOrgCannotKeepBecomeDigests(t *testing.T) {
	long := TaskKey("005000000000001AAA", string(make([]byte, 256)))
	seen := map[string]bool{}
	for _, key := range []string{"a|b", "", "ü", "a b", "a b ", long, long[:300-44], TaskKey("u", fmt.Sprintf("%0251d", 1))} {
		k := kept(key)
		if len(k) > maxKey || seen[k] || (key == "a|b") != (k == key) {
			t.Errorf("%q becomes %q", key, k)
		}
		seen[k] = true
	}
}
