package cti

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/coder/websocket"

	"github.com/patchcord/patchcord/sandbox/connect"
)

const (
	softphoneTopic = "aws/softphone"
	maxFrame       = 128 << 10
	idle           = 60 * time.Second // clients beat every ten
	inviteWithin   = 5 * time.Second
)

// socketToken is of the same session, so that the socket ends with it.
func (s *server) socketToken(of session) string {
	of.Socket, of.Expires = true, min(of.Expires, s.cfg.Clock.Now().Add(2*socketLife*time.Second).Unix())
	return s.sign(of)
}

// socketOf is GET /ws: heartbeats, subscriptions, and the softphone's signalling. Source: what Amazon Connect Streams sends and takes.
func (s *server) socketOf(w http.ResponseWriter, r *http.Request) {
	v, err := s.read(r.URL.Query().Get("token"))
	if err != nil || !v.Socket {
		http.Error(w, "this address has expired", http.StatusForbidden)
		return
	}
	host := s.cfg.Origin[strings.Index(s.cfg.Origin, "://")+3:]
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: []string{host}})
	if err != nil {
		return // Accept has answered
	}
	defer conn.CloseNow()
	conn.SetReadLimit(maxFrame)
	open, done := s.sessions.follow(s.ctx, v.Nonce)
	defer done()
	if _, err := s.read(r.URL.Query().Get("token")); err != nil {
		return // it ended between the two
	}
	s.cfg.Centre.SoftphoneConnected(v.Agent)
	for {
		ctx, cancel := context.WithTimeout(open, idle)
		_, body, err := conn.Read(ctx)
		cancel()
		if err != nil {
			return
		}
		if err := s.frame(open, conn, v.Agent, body); err != nil {
			return
		}
	}
}

// clientFrame is what a client sends.
type clientFrame struct {
	Topic   string `json:"topic"`
	Content struct {
		Topics []string `json:"topics"`
	} `json:"content"`
	ConnectionID string   `json:"connectionId"`
	RPC          *request `json:"jsonRpcMsg"`
}

// request is a JSON-RPC call of the softphone.
type request struct {
	ID     string `json:"id"`
	Method string `json:"method"`
	Params struct {
		SDP        string      `json:"sdp"`
		Candidates []Candidate `json:"candidates"`
		ContactID  string      `json:"contactId"`
		Token      string      `json:"callContextToken"`
		Peer       string      `json:"peerConnectionId"`
	} `json:"params"`
}

// readFrame refuses what is no frame.
func readFrame(body []byte) (clientFrame, error) {
	var f clientFrame
	if err := json.Unmarshal(body, &f); err != nil {
		return f, err
	}
	if f.Topic == "" {
		return f, errors.New("a frame without a topic")
	}
	return f, nil
}

func (s *server) frame(ctx context.Context, conn *websocket.Conn, agent connect.AgentID, body []byte) error {
	f, err := readFrame(body)
	if err != nil {
		return send(ctx, conn, map[string]string{"message": "malformed frame"})
	}
	switch f.Topic {
	case "aws/heartbeat":
		return send(ctx, conn, map[string]string{"topic": f.Topic})
	case "aws/subscribe":
		return send(ctx, conn, map[string]any{"topic": f.Topic, "content": map[string]any{"status": "success", "topics": f.Content.Topics}})
	case softphoneTopic:
		if f.RPC == nil || f.RPC.Method == "" {
			return nil // the client's answer to a call of ours
		}
		return s.signal(ctx, conn, agent, f)
	}
	return nil
}

// signal answers the softphone. Results travel as a string of JSON within the frame, under the request's own ids.
func (s *server) signal(ctx context.Context, conn *websocket.Conn, agent connect.AgentID, f clientFrame) error {
	answer := map[string]any{"jsonrpc": "2.0", "id": f.RPC.ID}
	contact := connect.ContactID(f.RPC.Params.ContactID)
	switch f.RPC.Method {
	case "invite":
		limited, cancel := context.WithTimeout(ctx, inviteWithin)
		defer cancel()
		ours, err := s.invite(limited, agent, contact, f.RPC)
		if err != nil {
			code := http.StatusInternalServerError
			if refused, ok := errors.AsType[*Refused](err); ok {
				code = refused.Code
			}
			s.cfg.Log.Warn("softphone invitation refused", "contact", string(contact), "err", err)
			answer["error"] = map[string]any{"code": code, "message": err.Error()}
			break
		}
		answer["result"] = map[string]any{"sdp": ours.SDP, "candidates": ours.Candidates, "peerConnectionId": ours.Peer}
	case "bye", "disconnectContact":
		s.cfg.Softphone.Bye(agent, contact, f.RPC.Params.Peer)
		answer["result"] = struct{}{}
	case "accept", "connectContact":
		answer["result"] = struct{}{}
	default:
		answer["error"] = map[string]any{"code": http.StatusBadRequest, "message": "no such method"}
	}
	content, err := json.Marshal(map[string]any{"connectionId": f.ConnectionID, "jsonRpcMsg": answer})
	if err != nil {
		return err
	}
	return send(ctx, conn, map[string]string{"topic": softphoneTopic, "content": string(content)})
}

// invite wants the token that came with the contact.
func (s *server) invite(ctx context.Context, agent connect.AgentID, contact connect.ContactID, r *request) (Answer, error) {
	if r.Params.Token != string(contact) {
		return Answer{}, &Refused{http.StatusForbidden, "the call context token is not this contact's"}
	}
	return s.cfg.Softphone.Invite(ctx, agent, contact, Invitation{r.Params.SDP, r.Params.Candidates})
}

func send(ctx context.Context, conn *websocket.Conn, frame any) error {
	body, err := json.Marshal(frame)
	if err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, inviteWithin)
	defer cancel()
	return conn.Write(limited, websocket.MessageText, body)
}
