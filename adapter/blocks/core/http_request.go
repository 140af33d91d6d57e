package core

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/patchcord/patchcord/adapter/flow"
	"github.com/patchcord/patchcord/adapter/flow/js"
)

// HTTPRequest asks a web service on the adapter record's list. A status of 400 or more leaves by Failure with the answer.
var HTTPRequest = flow.Block{
	Type: "SE_CoreHttpRequest", Label: "HTTP Request", Category: "Core",
	Help: "Asks a web service. Its host must stand in the adapter record's list of web services.",
	Inputs: []flow.Input{
		{Name: "method", Label: "Method", Required: true, Help: "GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS."},
		{Name: "url", Label: "URL", Required: true, Help: "Begins with https:// or http://."},
		{Name: "headers", Label: "Headers", Kind: flow.Map, Secret: isSecret,
			Help: "Journals do not keep what stands in Authorization, Cookie and their like."},
		{Name: "body", Label: "Body", Kind: flow.Any, Help: "Text as it is; an object is sent as JSON."},
		{Name: "timeout", Label: "Timeout", Kind: flow.Any, Help: "Milliseconds, 10000 at most and if unset."},
	},
	Ports:  []flow.Port{flow.Success, flow.Failure, flow.Unknown},
	Result: "status, headers (names in small letters), body (an object if it is JSON)", Place: flow.OnWeb,
	Run: func(ctx context.Context, c flow.Call) (flow.Outcome, error) {
		r, err := request(c.In)
		if err != nil {
			return flow.Outcome{}, err
		}
		answer, err := c.Host.HTTP.Request(ctx, c.Effect, r)
		if err != nil {
			return flow.Outcome{}, err
		}
		headers := make(map[string]any, len(answer.Header))
		for name, v := range answer.Header {
			headers[name] = v
		}
		out := flow.Outcome{Port: flow.Success, Result: map[string]any{"status": float64(answer.Status), "headers": headers,
			"body": answer.Body}}
		if answer.Status >= 400 {
			out.Port, out.Problem = flow.Failure, fmt.Sprintf("the web service answered with the status %d", answer.Status)
		}
		return out, nil
	},
}

var methods = []string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}

func request(in flow.Values) (flow.Request, error) {
	r := flow.Request{Method: strings.ToUpper(in.Text("method")), URL: in.Text("url"), Header: map[string]string{}, Body: in.Text("body")}
	if !slices.Contains(methods, r.Method) {
		return r, &flow.Refused{Reason: "there is no method " + r.Method + ": use GET, POST, PUT, PATCH, DELETE, HEAD or OPTIONS"}
	}
	hasType := false
	for name, v := range in.TextMap("headers") {
		r.Header[name] = v
		hasType = hasType || strings.EqualFold(name, "Content-Type")
	}
	switch body := in.Get("body").(type) {
	case map[string]any, []any:
		text, err := json.Marshal(body)
		if err != nil {
			return r, &flow.Refused{Reason: "the body cannot be written as JSON"}
		}
		r.Body = string(text)
		if !hasType {
			r.Header["Content-Type"] = "application/json"
		}
	}
	if given := in.Get("timeout"); given != nil {
		ms := js.Number(given)
		if math.IsNaN(ms) || ms <= 0 {
			return r, &flow.Refused{Reason: "timeout is no number of milliseconds"}
		}
		r.Timeout = time.Duration(min(ms, float64(flow.MaxDuration.Milliseconds()))) * time.Millisecond
	}
	return r, nil
}

// isSecret says whether a header tells who asks: journals do not keep it.
func isSecret(header string) bool {
	name := strings.ToLower(header)
	for _, part := range []string{"auth", "cookie", "token", "secret", "password", "api-key", "apikey", "signature", "credential",
		"session"} {
		if strings.Contains(name, part) {
			return true
		}
	}
	return strings.HasSuffix(name, "-key")
}
