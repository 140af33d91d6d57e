package cti

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/patchcord/patchcord/sandbox/connect"
)

const target = "AmazonConnectCTIService."

// input is every member that an implemented operation reads.
type input struct {
	NextToken     string   `json:"nextToken"`
	Timeout       int64    `json:"timeout"` // milliseconds
	ContactID     string   `json:"contactId"`
	ConnectionID  string   `json:"connectionId"`
	Digits        string   `json:"digits"`
	TransportType string   `json:"transportType"`
	QueueARNs     []string `json:"queueARNs"`
	QueueARN      string   `json:"queueARN"`
	Enqueue       bool     `json:"enqueueNextState"`
	State         struct {
		ARN string `json:"agentStateARN"`
	} `json:"state"`
	Endpoint struct {
		Type        string `json:"type"`
		PhoneNumber string `json:"phoneNumber"`
	} `json:"endpoint"`
	Configuration *agentConfiguration `json:"configuration"`
}

// asked is one call of an operation.
type asked struct {
	ctx     context.Context
	agent   connect.User
	session session
	in      input
}

type none struct{}

// operation is POST /api: one operation of AmazonConnectCTIService, by its X-Amz-Target. Source: what Amazon Connect
// Streams sends and takes.
func (s *server) operation(w http.ResponseWriter, r *http.Request) {
	name, ours := strings.CutPrefix(r.Header.Get("X-Amz-Target"), target)
	token := r.Header.Get("X-Amz-Bearer")
	v, err := s.bearer(token)
	if err != nil {
		fail(w, http.StatusUnauthorized, "UnauthorizedException", "the session has expired")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		fail(w, http.StatusRequestEntityTooLarge, "RequestEntityTooLargeException", "the request is too large")
		return
	}
	ctx, done := s.sessions.follow(r.Context(), v.Nonce)
	defer done()
	a := asked{ctx: ctx, session: v}
	if len(body) > 0 && json.Unmarshal(body, &a.in) != nil {
		fail(w, http.StatusBadRequest, "SerializationException", "the request is not JSON of the expected shape")
		return
	}
	if a.agent, err = s.cfg.Centre.User(v.Agent); err != nil {
		fail(w, http.StatusUnauthorized, "UnauthorizedException", "this user is gone")
		return
	}
	do, known := s.table()[name]
	if !ours || !known {
		fail(w, http.StatusBadRequest, "UnknownOperationException", "the sandbox has no operation "+strconv.Quote(name[:min(len(name), 80)]))
		return
	}
	out, err := do(a)
	if _, gone := s.bearer(token); gone != nil { // it ended while the request was held
		fail(w, http.StatusUnauthorized, "UnauthorizedException", "the session has ended")
		return
	}
	if err != nil {
		s.refuse(w, name, err)
		return
	}
	w.Header().Set("Content-Type", "application/x-amz-json-1.0")
	w.Header().Set("Cache-Control", "no-store")
	_ = json.NewEncoder(w).Encode(out)
}

// refuse answers with an exception of class 400: clients never call back on 401 and 403. Source: §2, gotcha 5.
func (s *server) refuse(w http.ResponseWriter, name string, err error) {
	if refusal, ok := errors.AsType[*connect.Refusal](err); ok && errors.Is(err, connect.ErrInvalid) {
		fail(w, http.StatusBadRequest, "InvalidConfigurationException", refusal.Message)
		return
	}
	for _, known := range []struct {
		err  error
		kind string
	}{
		{connect.ErrOutOfTurn, "InvalidStateException"}, {connect.ErrNoContact, "InvalidStateException"},
		{connect.ErrNotTheirs, "InvalidStateException"}, {connect.ErrBadEndpoint, "BadEndpointException"},
		{connect.ErrNoStatus, "InvalidConfigurationException"}, {connect.ErrNoQueue, "InvalidConfigurationException"},
		{connect.ErrNoAgent, "InvalidAgentARNException"}, {errUnsupported, "InvalidConfigurationException"},
		{errNoConfiguration, "InvalidConfigurationException"},
	} {
		if errors.Is(err, known.err) {
			fail(w, http.StatusBadRequest, known.kind, known.err.Error())
			return
		}
	}
	s.cfg.Log.Error("operation failed", "operation", name, "err", err)
	fail(w, http.StatusInternalServerError, "InternalServiceException", "something went wrong")
}

var (
	errUnsupported     = errors.New("the sandbox does not have this")
	errNoConfiguration = errors.New("the configuration is missing")
)

// table is the operations that are there; it reads like §3.
func (s *server) table() map[string]func(asked) (any, error) {
	c := s.cfg.Centre
	quiet := func(f func(asked) error) func(asked) (any, error) {
		return func(a asked) (any, error) { return none{}, f(a) }
	}
	contact := func(f func(connect.AgentID, connect.ContactID) error) func(asked) (any, error) {
		return quiet(func(a asked) error { return f(a.agent.ID, connect.ContactID(a.in.ContactID)) })
	}
	connection := func(f func(connect.AgentID, connect.ContactID, connect.ConnectionID) error) func(asked) (any, error) {
		return quiet(func(a asked) error {
			return f(a.agent.ID, connect.ContactID(a.in.ContactID), connect.ConnectionID(a.in.ConnectionID))
		})
	}
	nothing := quiet(func(asked) error { return nil }) // logs and measurements, taken and dropped
	return map[string]func(asked) (any, error){
		"GetAgentSnapshot": s.snapshot, "GetAgentStates": s.states, "CreateTransport": s.transport,
		"GetAgentConfiguration": s.configuration, "UpdateAgentConfiguration": quiet(s.updateConfiguration),
		"GetAgentPermissions":     s.permissions,
		"GetDialableCountryCodes": func(asked) (any, error) { return map[string]any{"countryCodes": []string{"us", "ca", "gb", "de"}}, nil },
		"GetRoutingProfileQueues": func(a asked) (any, error) { return map[string]any{"queues": s.queues(a.agent)}, nil },
		"GetEndpoints":            s.endpoints,
		"PutAgentState": quiet(func(a asked) error {
			return c.SetState(a.agent.ID, connect.StatusID(a.in.State.ARN[strings.LastIndex(a.in.State.ARN, "/")+1:]), a.in.Enqueue)
		}),
		"CreateOutboundContact": quiet(func(a asked) error {
			if a.in.Endpoint.Type != "phone_number" {
				return connect.ErrBadEndpoint
			}
			queue, ofQueues := strings.CutPrefix(a.in.QueueARN, c.State().Instance.QueueARN(""))
			if !ofQueues || strings.HasPrefix(queue, "agent/") { // an agent's own queue has no caller id: calls go out by the default one
				queue = ""
			}
			_, err := c.CreateOutboundContact(a.agent.ID, a.in.Endpoint.PhoneNumber, connect.QueueID(queue))
			return err
		}),
		"AcceptContact": contact(c.AcceptContact), "RejectContact": contact(c.RejectContact),
		"ClearContact": contact(c.ClearContact), "CompleteContact": contact(c.ClearContact),
		"HoldConnection": connection(c.HoldConnection), "ResumeConnection": connection(c.ResumeConnection),
		"DestroyConnection": connection(c.DestroyConnection),
		"SendDigits": quiet(func(a asked) error {
			return c.SendDigits(a.agent.ID, connect.ContactID(a.in.ContactID), connect.ConnectionID(a.in.ConnectionID), a.in.Digits)
		}),
		"SendClientLogs": nothing, "SendSoftphoneCallMetrics": nothing, "SendSoftphoneCallReport": nothing, "NotifyContactIssue": nothing,
	}
}

// permissions are what the agent's security profiles allow in the panel.
func (s *server) permissions(a asked) (any, error) {
	st := s.cfg.Centre.State()
	list := []string{}
	if st.May(a.agent.ID, "OutboundCallAccess") {
		list = append(list, "outboundCall")
	}
	return map[string]any{"permissions": list}, nil
}

// endpoints are the quick connects of the queues that are asked for.
func (s *server) endpoints(a asked) (any, error) {
	st := s.cfg.Centre.State()
	list, seen := []wireEndpoint{}, map[connect.QuickConnectID]bool{}
	for _, q := range st.Queues {
		if !slices.Contains(a.in.QueueARNs, st.Instance.QueueARN(q.ID)) {
			continue
		}
		for _, k := range st.QuickConnects {
			if slices.Contains(q.QuickConnects, k.ID) && !seen[k.ID] {
				seen[k.ID] = true
				list = append(list, wireEndpoint{ARN: st.Instance.QuickConnectARN(k.ID), Type: endpointTypes[k.Type],
					Name: k.Name, PhoneNumber: k.Number})
			}
		}
	}
	return map[string]any{"endpoints": list}, nil
}

var endpointTypes = map[connect.QuickConnectType]string{connect.ToUser: "agent", connect.ToQueue: "queue", connect.ToNumber: "phone_number"}

// snapshot is the long poll: held until the state differs from the token's.
func (s *server) snapshot(a asked) (any, error) {
	var snap connect.Snapshot
	after, err := strconv.ParseUint(a.in.NextToken, 10, 64)
	if a.in.NextToken == "" || err != nil {
		snap, err = s.cfg.Centre.Snapshot(a.agent.ID)
	} else {
		wait := min(longPoll, time.Duration(a.in.Timeout)*time.Millisecond)
		if wait <= 0 {
			wait = longPoll
		}
		ctx, cancel := context.WithTimeout(a.ctx, wait)
		defer cancel()
		snap, err = s.cfg.Centre.Wait(ctx, a.agent.ID, after)
	}
	if err != nil {
		return nil, err
	}
	wire, err := s.wireSnapshot(a.agent, snap)
	return map[string]any{"nextToken": strconv.FormatUint(snap.Version, 10), "snapshot": wire}, err
}

func (s *server) queues(agent connect.User) []map[string]any {
	st := s.cfg.Centre.State()
	all := []map[string]any{}
	seen := map[connect.QueueID]bool{}
	for _, e := range st.RoutingProfileOf(agent).Queues {
		if !seen[e.Queue] {
			all = append(all, s.queue(st, e.Queue))
		}
		seen[e.Queue] = true
	}
	return append(all, map[string]any{"queueARN": st.Instance.ARN() + "/queue/agent/" + string(agent.ID)})
}

func (s *server) queue(st connect.State, id connect.QueueID) map[string]any {
	name := ""
	for _, q := range st.Queues {
		if q.ID == id {
			name = q.Name
		}
	}
	return map[string]any{"queueARN": st.Instance.QueueARN(id), "name": name}
}

func (s *server) states(asked) (any, error) {
	st := s.cfg.Centre.State()
	list := []map[string]any{}
	for _, status := range st.InOrder() {
		if !status.Disabled {
			list = append(list, map[string]any{"agentStateARN": st.Instance.StatusARN(status.ID), "type": status.Type, "name": status.Name})
		}
	}
	return map[string]any{"states": list}, nil
}

// transport is §5.
func (s *server) transport(a asked) (any, error) {
	switch a.in.TransportType {
	case "web_socket":
		host := s.cfg.Origin[strings.Index(s.cfg.Origin, "://")+3:]
		return map[string]any{"webSocketTransport": map[string]any{
			"url":                        "wss://" + host + "/ws?token=" + s.socketToken(a.session),
			"transportLifeTimeInSeconds": socketLife,
			"expiry":                     s.cfg.Clock.Now().Add(socketLife * time.Second).UTC().Format(time.RFC3339),
		}}, nil
	case "softphone":
		servers, err := s.cfg.Softphone.Servers(a.agent.Username)
		return map[string]any{"softphoneTransport": map[string]any{"softphoneMediaConnections": servers}}, err
	}
	return nil, errUnsupported
}
