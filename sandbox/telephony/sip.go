package telephony

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/emiago/sipgo"
	"github.com/emiago/sipgo/sip"
	"github.com/google/uuid"
)

const (
	maxContacts = 1000 // telephones that are registered at once
	maxExpires  = 3600 * time.Second
	byeWithin   = 5 * time.Second
	// refuseWithin is how long a refusal waits for the caller's confirmation.
	refuseWithin = 500 * time.Millisecond
)

// contact is where a registered telephone is.
type contact struct {
	uri     sip.Uri
	expires time.Time
}

// inboundSIP drives a call that came by SIP.
type inboundSIP struct {
	x      *Exchange
	dialog *sipgo.DialogServerSession
	leg    *rtpLeg
	remote offer
	final  sync.Once
	over   chan struct{} // closed when the dialogue needs no more of us
	agreed chan struct{} // closed when the caller has confirmed our answer, or never will

	mu      sync.Mutex // guards what follows, and lets a ringing be said whole before the last word
	settled bool       // the last word, answer or refusal, is said or being said
}

func (s *inboundSIP) ring() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.settled {
		_ = s.dialog.Respond(180, "Ringing", nil)
	}
}

// asDialog is what the caller may do to the call.
func (s *inboundSIP) asDialog() *dialog {
	return &dialog{leg: s.leg, ack: s.dialog.ReadAck, bye: s.dialog.ReadBye, seq: s.dialog.InviteRequest.CSeq().SeqNo,
		settled: func() bool {
			s.mu.Lock()
			defer s.mu.Unlock()
			return s.settled
		},
		pending: func(req *sip.Request) *sip.Response { // Source: RFC 3261 §14.2
			res := sip.NewResponseFromRequest(req, 500, "Server Internal Error", nil)
			res.AppendHeader(sip.NewHeader("Retry-After", "1"))
			return res
		}}
}

// settle is true for whoever may say the last word.
func (s *inboundSIP) settle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	first := !s.settled
	s.settled = true
	return first
}

func (s *inboundSIP) answer(context.Context) (Leg, error) {
	s.leg.start(s.remote.codec, s.remote.addr, s.remote.event)
	if !s.settle() {
		return s.leg, ErrOver
	}
	sent := make(chan error, 1)
	go func() {
		defer close(s.agreed)
		sent <- s.dialog.WriteResponse(sip.NewSDPResponseFromRequest(s.dialog.InviteRequest, writeSDP(s.leg.local(), s.remote.codec)))
	}()
	// The answer counts once it is sent; a caller that never confirms it hears us all the same until the transaction gives up.
	select {
	case err := <-sent:
		return s.leg, err
	case <-s.dialog.Context().Done():
		return s.leg, fmt.Errorf("the caller went away: %w", ErrOver)
	}
}

func (s *inboundSIP) end(cause Cause, _ bool) {
	s.final.Do(func() {
		if s.settle() {
			s.refuse(cause)
			return
		}
		defer close(s.over)
		ctx, cancel := context.WithTimeout(context.Background(), byeWithin)
		defer cancel()
		select {
		case <-s.agreed:
		case <-ctx.Done():
		}
		_ = s.dialog.Bye(ctx) // a party that does not answer is gone already
	})
}

// refuse says the last word to a caller. One who never confirms it hears it again and again, but nobody waits for that.
func (s *inboundSIP) refuse(cause Cause) {
	s.x.serving.Go(func() {
		defer close(s.over)
		_ = s.dialog.Respond(cause.SIP, cause.Text, nil)
	})
	timer := time.NewTimer(refuseWithin)
	defer timer.Stop()
	select {
	case <-s.over:
	case <-timer.C:
	}
}

// onInvite takes a new call, or a change of one under way. It returns when the call is over: the transaction ends with it.
func (x *Exchange) onInvite(req *sip.Request, tx sip.ServerTransaction) {
	respond := func(c Cause) { _ = tx.Respond(sip.NewResponseFromRequest(req, c.SIP, c.Text, nil)) }
	if req.CallID() == nil || req.From() == nil || req.To() == nil || req.Contact() == nil {
		respond(Cause{400, "Bad Request"})
		return
	}
	if tag, again := req.To().Params.Get("tag"); again && tag != "" {
		x.reInvite(req, tx)
		return
	}
	remote, err := readSDP(req.Body())
	if err != nil {
		respond(NotAcceptable)
		return
	}
	dialog, err := x.agent.ReadInvite(req, tx)
	if err != nil {
		respond(Cause{400, "Bad Request"})
		return
	}
	defer dialog.Close()
	leg, err := listenRTP(x.ip, x.cfg.RTPLow, x.cfg.RTPHigh, x.cfg.Clock)
	if err != nil {
		respond(Overloaded)
		return
	}
	defer leg.Close()
	s := &inboundSIP{x: x, dialog: dialog, leg: leg, remote: remote, over: make(chan struct{}), agreed: make(chan struct{})}
	c := newCall(uuid.NewString(), caller(req), numberIn(req.Recipient), true, remote.codec, s)
	if !x.enter(c) {
		respond(Overloaded)
		return
	}
	defer x.leave(c)
	known := s.asDialog()
	x.admit(dialogOf(dialog.InviteRequest), known)
	defer x.forget(known)
	_ = dialog.Respond(100, "Trying", nil)
	if !x.offerCall(c) {
		c.HangUp(Overloaded)
	}
	select {
	case <-dialog.Context().Done():
		cause := Normal
		if c.Leg() == nil {
			cause = Cancelled
		}
		c.finish(cause, false)
	case <-c.Ended():
		<-s.over
	}
}

// onRegister notes where a telephone is. Anybody on this machine may: a sandbox has no secrets on its trunk.
func (x *Exchange) onRegister(req *sip.Request, tx sip.ServerTransaction) {
	num := ""
	if req.To() != nil {
		num = numberIn(req.To().Address)
	}
	at := req.Contact()
	if num == "" || at == nil {
		_ = tx.Respond(sip.NewResponseFromRequest(req, 400, "Bad Request", nil))
		return
	}
	life := maxExpires
	if h := req.GetHeader("Expires"); h != nil {
		if d, err := time.ParseDuration(h.Value() + "s"); err == nil && d < life {
			life = d
		}
	}
	if e, ok := at.Params.Get("expires"); ok {
		if d, err := time.ParseDuration(e + "s"); err == nil && d < life {
			life = d
		}
	}
	uri := at.Address
	if req.Transport() == "TCP" {
		uri.UriParams.Add("transport", "tcp")
	}
	if !x.register(num, uri, life) {
		_ = tx.Respond(sip.NewResponseFromRequest(req, 503, "Service Unavailable", nil))
		return
	}
	res := sip.NewResponseFromRequest(req, 200, "OK", nil)
	res.AppendHeader(sip.NewHeader("Contact", "<"+at.Address.String()+">"))
	res.AppendHeader(sip.NewHeader("Expires", strconv.Itoa(int(life.Seconds()))))
	_ = tx.Respond(res)
}

// register keeps where a telephone is for life, or forgets it if that is over; false if there are too many others.
func (x *Exchange) register(num string, uri sip.Uri, life time.Duration) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	now := x.cfg.Clock.Now()
	maps.DeleteFunc(x.contacts, func(_ string, one contact) bool { return !one.expires.After(now) })
	if life <= 0 {
		delete(x.contacts, num)
		return true
	}
	if _, known := x.contacts[num]; !known && len(x.contacts) >= maxContacts {
		return false
	}
	x.contacts[num] = contact{uri, now.Add(life)}
	return true
}

// outboundSIP drives a call that goes out by SIP.
type outboundSIP struct {
	dialog *sipgo.DialogClientSession
	leg    *rtpLeg
	cancel context.CancelFunc // of the attempt
	// answered is set when the far end's answer is confirmed.
	answered atomic.Bool
}

func (s *outboundSIP) ring() {}

func (s *outboundSIP) answer(context.Context) (Leg, error) {
	return nil, errors.New("an outbound call")
}

func (s *outboundSIP) end(_ Cause, answered bool) {
	if !answered {
		s.cancel()
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), byeWithin)
	defer cancel()
	_ = s.dialog.Bye(ctx)
}

// asDialog is what the telephone that we called may do to the call.
func (s *outboundSIP) asDialog() *dialog {
	return &dialog{leg: s.leg, bye: s.dialog.ReadBye, settled: s.answered.Load,
		pending: func(req *sip.Request) *sip.Response { // Source: RFC 3261 §14.2
			return sip.NewResponseFromRequest(req, 491, "Request Pending", nil)
		}}
}

// dialSIP rings a registered telephone.
func (x *Exchange) dialSIP(ctx context.Context, at contact, to, from string, codec Codec) *Call {
	attempt, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s := &outboundSIP{cancel: cancel}
	c := newCall(uuid.NewString(), from, to, false, codec, s)
	leg, err := listenRTP(x.ip, x.cfg.RTPLow, x.cfg.RTPHigh, x.cfg.Clock)
	if err != nil || !x.enter(c) {
		cancel()
		c.finish(Overloaded, false)
		return c
	}
	s.leg = leg
	x.serving.Go(func() {
		defer cancel()
		defer x.leave(c)
		defer leg.Close()
		x.invite(attempt, s, c, at, from, codec)
	})
	return c
}

// invitation asks a telephone for a call; from is the caller's number, "" withholds it.
func (x *Exchange) invitation(s *outboundSIP, at contact, from string, codec Codec) *sip.Request {
	req := sip.NewRequest(sip.INVITE, at.uri)
	req.SetBody(writeSDP(s.leg.local(), codec))
	req.AppendHeader(sip.NewHeader("Content-Type", "application/sdp"))
	address := sip.Uri{Scheme: "sip", User: from, Host: x.ip.String()}
	if from == "" { // Source: RFC 3323 §4.1.1.3, RFC 3325 §9.3
		address = sip.Uri{Scheme: "sip", User: "anonymous", Host: "anonymous.invalid"}
		req.AppendHeader(sip.NewHeader("Privacy", "id"))
	}
	fromHeader := sip.FromHeader{Address: address, Params: sip.NewParams()}
	fromHeader.Params.Add("tag", sip.GenerateTagN(16))
	req.AppendHeader(&fromHeader)
	if t, _ := at.uri.UriParams.Get("transport"); t != "" {
		req.SetTransport(strings.ToUpper(t))
	}
	return req
}

func (x *Exchange) invite(ctx context.Context, s *outboundSIP, c *Call, at contact, from string, codec Codec) {
	dialog, err := x.agent.WriteInvite(ctx, x.invitation(s, at, from, codec))
	if err != nil {
		cause := Failed
		if _, ok := errors.AsType[net.Error](err); ok {
			cause = Silent
		}
		c.finish(cause, false)
		return
	}
	s.dialog = dialog
	defer dialog.Close()
	known := s.asDialog()
	defer x.forget(known)
	err = dialog.WaitAnswer(ctx, sipgo.AnswerOptions{OnResponse: func(res *sip.Response) error {
		if id := dialogFrom(res); id.local != "" && id.remote != "" && res.StatusCode < 300 {
			x.admit(id, known)
		}
		if res.StatusCode == 180 || res.StatusCode == 183 {
			c.markRinging()
		}
		return nil
	}})
	if err != nil {
		cause := Failed
		if dialog.InviteResponse == nil && errors.Is(err, sip.ErrTransactionTimeout) {
			cause = Silent
		}
		if refused, ok := errors.AsType[*sipgo.ErrDialogResponse](err); ok {
			cause = Cause{int(refused.Res.StatusCode), refused.Res.Reason}
		} else if refused, ok := errors.AsType[sipgo.ErrDialogResponse](err); ok {
			cause = Cause{int(refused.Res.StatusCode), refused.Res.Reason}
		}
		c.finish(cause, false)
		return
	}
	remote, err := readSDP(dialog.InviteResponse.Body())
	_ = dialog.Ack(ctx)
	if err != nil || remote.codec != codec {
		ctx, cancel := context.WithTimeout(context.Background(), byeWithin)
		defer cancel()
		_ = dialog.Bye(ctx)
		c.finish(NotAcceptable, false)
		return
	}
	s.leg.start(codec, remote.addr, remote.event)
	s.answered.Store(true)
	if !c.established(s.leg, codec) {
		s.end(Normal, true)
		return
	}
	select {
	case <-dialog.Context().Done():
		c.finish(Normal, false)
	case <-c.Ended():
		<-c.told // the call is live, and its sockets are, until the far end has heard
	}
}
