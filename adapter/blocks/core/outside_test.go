package core_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/patchcord/patchcord/adapter/flow"
)

// kept is properties in memory. err is its answer to everything.
type kept struct {
	all map[string]any
	err error
}

func (k kept) Get(_ context.Context, key string) (any, bool, error) {
	v, ok := k.all[key]
	return v, ok, k.err
}
func (k kept) All(context.Context) (map[string]any, error) { return maps.Clone(k.all), k.err }
func (k kept) Set(_ context.Context, _ flow.Effect, key string, v any) error {
	k.all[key] = v
	return k.err
}
func (k kept) Unset(_ context.Context, _ flow.Effect, key string) error {
	delete(k.all, key)
	return k.err
}
func (k kept) Clear(context.Context, flow.Effect) error {
	clear(k.all)
	return k.err
}
func (k kept) Count(_ context.Context, _ flow.Effect, key string, delta float64) (float64, error) {
	n, _ := k.all[key].(float64)
	k.all[key] = n + delta
	return n + delta, k.err
}

func TestBlocksThatRemember(t *testing.T) {
	value := func(v any) any { return in{"value": v} }
	for _, tc := range []struct {
		name, block string
		in          in
		err         error
		result      any
		left        map[string]any
		says        string
	}{
		{"a property", "SE_GetProperty", in{"key": "task"}, nil, value("00T1"), nil, ""},
		{"a default", "SE_GetProperty", in{"key": "x", "defaultValue": 5}, nil, value(5.0), nil, ""},
		{"false is a value", "SE_GetProperty", in{"key": "no", "defaultValue": 5}, nil, value(false), nil, ""},
		{"no default", "SE_GetProperty", in{"key": "x"}, nil, in{}, nil, ""},
		{"no key", "SE_GetProperty", in{}, nil, nil, nil, "key is empty"},
		{"all", "SE_GetAllProperties", in{}, nil, value(in{"task": "00T1", "n": 3.0, "no": false}), nil, ""},
		{"set", "SE_SetProperty", in{"key": "task", "value": []any{1.0}}, nil, nil, in{"task": []any{1.0}, "n": 3.0, "no": false}, ""},
		{"set to nothing", "SE_SetProperty", in{"key": "task", "value": "$.payload.x"}, nil, nil, in{"n": 3.0, "no": false}, ""},
		{"no room", "SE_SetProperty", in{"key": "x", "value": 1}, &flow.Refused{Reason: "full"}, nil, nil, "full"},
		{"unset", "SE_UnsetProperty", in{"key": "n"}, nil, nil, in{"task": "00T1", "no": false}, ""},
		{"cleared", "SE_ClearAllProperties", in{}, nil, nil, in{}, ""},
		{"counted", "SE_UpdateCounter", in{"key": "n"}, nil, value(4.0), in{"task": "00T1", "n": 4.0, "no": false}, ""},
		{"counted down", "SE_UpdateCounter", in{"key": "m", "delta": "-0.5"}, nil, value(-0.5), nil, ""},
		{"counted by no number", "SE_UpdateCounter", in{"key": "n", "delta": "x"}, nil, nil, nil, "delta is no number"},
		{"a counter", "SE_GetCounter", in{"key": "n"}, nil, value(3.0), nil, ""},
		{"a new counter", "SE_GetCounter", in{"key": "x"}, nil, value(0.0), nil, ""},
		{"no counter", "SE_GetCounter", in{"key": "task"}, nil, value(nil), nil, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			k := kept{all: map[string]any{"task": "00T1", "n": 3.0, "no": false}, err: tc.err}
			s := step(t, tc.block, tc.in, flow.Event{}, flow.Host{Properties: k})
			if diff := cmp.Diff(tc.result, s.Result); diff != "" || s.Port != flow.Done || !strings.Contains(s.Problem, tc.says) {
				t.Errorf("left by %s (%s): %s", s.Port, s.Problem, diff)
			}
			if tc.left != nil {
				if diff := cmp.Diff(tc.left, k.all); diff != "" {
					t.Error(diff)
				}
			}
			nowhere := step(t, tc.block, tc.in, flow.Event{}, flow.Host{})
			if nowhere.Problem == "" {
				t.Error("without a place to keep them nothing is said")
			}
			j := flow.Run(t.Context(), flow.Job{Program: only(t, tc.block, tc.in), Now: func() time.Time { return someTime },
				Host: flow.Host{Properties: kept{all: map[string]any{}, err: errors.New("the disk is full")}}})
			if (j.Status == flow.Suspended) != (tc.says != "key is empty" && tc.says != "delta is no number") {
				t.Errorf("what cannot be had now leaves the run %s", j.Status)
			}
		})
	}
}

// web answers every request.
type web struct {
	asked  []flow.Request
	answer flow.Response
	err    error
}

func (w *web) Request(_ context.Context, _ flow.Effect, r flow.Request) (flow.Response, error) {
	w.asked = append(w.asked, r)
	return w.answer, w.err
}

func TestHTTPRequest(t *testing.T) {
	ok := flow.Response{Status: 200, Header: map[string]string{"content-type": "application/json"}, Body: in{"a": 1.0}}
	result := in{"status": 200.0, "headers": in{"content-type": "application/json"}, "body": in{"a": 1.0}}
	for _, tc := range []struct {
		name   string
		in     in
		web    *web
		port   flow.Port
		asked  []flow.Request
		result any
		says   string
	}{
		{"a question", in{"method": "get", "url": "https://a.example/x", "timeout": "500"}, &web{answer: ok}, flow.Success,
			[]flow.Request{{Method: "GET", URL: "https://a.example/x", Header: map[string]string{}, Timeout: 500 * time.Millisecond}},
			result, ""},
		{"an object", in{"method": "POST", "url": "https://a.example", "body": in{"n": "$.payload.n"}}, &web{answer: ok}, flow.Success,
			[]flow.Request{{Method: "POST", URL: "https://a.example", Header: map[string]string{"Content-Type": "application/json"},
				Body: `{"n":7}`}},
			result, ""},
		{"an object of another kind", in{"method": "POST", "url": "https://a.example", "headers": in{"content-type": "x/y"},
			"body": []any{1}},
			&web{answer: ok}, flow.Success,
			[]flow.Request{{Method: "POST", URL: "https://a.example", Header: map[string]string{"content-type": "x/y"}, Body: `[1]`}},
			result, ""},
		{"text", in{"method": "PUT", "url": "https://a.example", "body": "a=b"}, &web{answer: ok}, flow.Success,
			[]flow.Request{{Method: "PUT", URL: "https://a.example", Header: map[string]string{}, Body: "a=b"}}, result, ""},
		{"a no", in{"method": "GET", "url": "https://a.example"}, &web{answer: flow.Response{Status: 404, Body: "gone"}}, flow.Failure, nil,
			in{"status": 404.0, "headers": in{}, "body": "gone"}, "status 404"},
		{"nobody there", in{"method": "GET", "url": "https://a.example"}, &web{err: &flow.Refused{Reason: "not on the list"}},
			flow.Failure, nil, nil,
			"not on the list"},
		{"cut in the middle", in{"method": "POST", "url": "https://a.example"}, &web{err: flow.ErrUnknown}, flow.Failure, nil, nil,
			"not known"},
		{"a method", in{"method": "TRACE", "url": "https://a.example"}, &web{}, flow.Failure, nil, nil, "no method TRACE"},
		{"a time", in{"method": "GET", "url": "https://a.example", "timeout": "soon"}, &web{}, flow.Failure, nil, nil,
			"timeout is no number"},
		{"an answer that is too large", in{"method": "GET", "url": "https://a.example"}, &web{answer: flow.Response{Status: 200,
			Body: long + long}},
			flow.Failure, nil, nil, "larger than 256 kB"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s := step(t, "SE_CoreHttpRequest", tc.in, flow.Event{Payload: in{"n": 7.0}}, flow.Host{HTTP: tc.web})
			if diff := cmp.Diff(tc.result, s.Result); diff != "" || s.Port != tc.port || !strings.Contains(s.Problem, tc.says) {
				t.Errorf("left by %s (%s): %s", s.Port, s.Problem, diff)
			}
			if tc.asked != nil {
				if diff := cmp.Diff(tc.asked, tc.web.asked); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
	if s := step(t, "SE_CoreHttpRequest", in{"method": "GET", "url": "https://a.example"}, flow.Event{},
		flow.Host{}); s.Port != flow.Failure ||
		!strings.Contains(s.Problem, "no way to ask") {
		t.Errorf("without a way out it left by %s: %s", s.Port, s.Problem)
	}
}

func TestJournalsKeepNoSecrets(t *testing.T) {
	w := &web{answer: flow.Response{Status: 200}}
	headers := in{"Authorization": "Bearer t0p", "cookie": "s=t0p", "X-Api-Key": "t0p", "x-amz-security-token": "t0p",
		"Accept":                    "text/plain",
		"Ocp-Apim-Subscription-Key": "$.payload.key"}
	s := step(t, "SE_CoreHttpRequest", in{"method": "GET", "url": "https://a.example", "headers": headers},
		flow.Event{Payload: in{"key": "t0p"}},
		flow.Host{HTTP: w})
	want := in{
		"Authorization": "••••", "cookie": "••••", "X-Api-Key": "••••",
		"x-amz-security-token": "••••", "Accept": "text/plain",
		"Ocp-Apim-Subscription-Key": "••••"}
	if diff := cmp.Diff(any(want), s.Inputs["headers"]); diff != "" {
		t.Error(diff)
	}
	if got := w.asked[0].Header; got["Authorization"] != "Bearer t0p" || got["Ocp-Apim-Subscription-Key"] != "t0p" {
		t.Errorf("sent %v", got)
	}
}
