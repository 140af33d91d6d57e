package telephony

import (
	"github.com/emiago/sipgo/sip"
)

// dialogID names a dialogue as this end sees it: a request is in one when its Call-ID and both tags say so. Source: RFC
// 3261 §12.
type dialogID struct{ call, local, remote string }

// dialogOf is the dialogue that a request says it is in; one of its parts is "" when the request lacks it.
func dialogOf(req *sip.Request) dialogID {
	call, to, from := named(req)
	return dialogID{call: call, local: to, remote: from}
}

// dialogFrom is the dialogue that a response to our own request makes.
func dialogFrom(res *sip.Response) dialogID {
	call, to, from := named(res)
	return dialogID{call: call, local: from, remote: to}
}

// named are a message's Call-ID and its tags; "" for what it lacks.
func named(m sip.Message) (call, to, from string) {
	if h := m.CallID(); h != nil {
		call = h.Value()
	}
	if h := m.To(); h != nil {
		to, _ = h.Params.Get("tag")
	}
	if h := m.From(); h != nil {
		from, _ = h.Params.Get("tag")
	}
	return call, to, from
}

// dialog is one call as its far end may change it by requests. The exchange's mutex guards it.
type dialog struct {
	leg *rtpLeg
	ack func(*sip.Request, sip.ServerTransaction) error // nil when the far end has nothing to acknowledge
	bye func(*sip.Request, sip.ServerTransaction) error
	// settled says whether the first INVITE has its last word; until then nobody may change the call.
	settled func() bool
	// pending answers a change before that.
	pending func(*sip.Request) *sip.Response
	// seq is the highest number that the far end's requests had. It is 0 before the first: an RFC 3261 client that begins
	// at 0 loses nothing.
	seq uint32
}

// admit lets the requests of a dialogue reach it until forget; again with the same name changes nothing.
func (x *Exchange) admit(id dialogID, d *dialog) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.dialogs[id] = d
}

// forget ends all dialogues of a call: those that a forked request made too.
func (x *Exchange) forget(d *dialog) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for id, one := range x.dialogs {
		if one == d {
			delete(x.dialogs, id)
		}
	}
}

// dialogFor is the dialogue that a request is in, in its order. Otherwise the request has been answered, and there is
// none. Source: RFC 3261 §12.2.2.
func (x *Exchange) dialogFor(req *sip.Request, tx sip.ServerTransaction) *dialog {
	x.mu.Lock()
	d := x.dialogs[dialogOf(req)]
	late := false
	if d != nil && req.CSeq() != nil {
		late = req.CSeq().SeqNo < d.seq
		d.seq = max(d.seq, req.CSeq().SeqNo)
	}
	x.mu.Unlock()
	switch {
	case d == nil:
		_ = tx.Respond(sip.NewResponseFromRequest(req, 481, "Call/Transaction Does Not Exist", nil))
		return nil
	case late:
		_ = tx.Respond(sip.NewResponseFromRequest(req, 500, "Server Internal Error", nil))
		return nil
	}
	return d
}

// reInvite answers a change of a call under way, such as a hold: audio goes on as it was agreed.
func (x *Exchange) reInvite(req *sip.Request, tx sip.ServerTransaction) {
	d := x.dialogFor(req, tx)
	if d == nil {
		return
	}
	if !d.settled() {
		_ = tx.Respond(d.pending(req))
		return
	}
	if o, err := readSDP(req.Body()); err == nil && o.codec == d.leg.Codec() && !o.addr.IP.IsUnspecified() {
		d.leg.remote.Store(o.addr)
	}
	_ = tx.Respond(sip.NewSDPResponseFromRequest(req, writeSDP(d.leg.local(), d.leg.Codec())))
}

// onAck notes that a caller has confirmed our answer. Nobody answers an ACK: one of another dialogue is dropped.
func (x *Exchange) onAck(req *sip.Request, tx sip.ServerTransaction) {
	x.mu.Lock()
	d := x.dialogs[dialogOf(req)]
	x.mu.Unlock()
	if d != nil && d.ack != nil {
		_ = d.ack(req, tx)
	}
}

func (x *Exchange) onBye(req *sip.Request, tx sip.ServerTransaction) {
	if d := x.dialogFor(req, tx); d != nil {
		_ = d.bye(req, tx)
	}
}

// onCancel hears only of cancellations whose transaction is not there: the transaction layer takes the others. Source:
// RFC 3261 §9.2.
func (x *Exchange) onCancel(req *sip.Request, tx sip.ServerTransaction) {
	_ = tx.Respond(sip.NewResponseFromRequest(req, 481, "Call/Transaction Does Not Exist", nil))
}

// onOptions says that we are here, in a call and outside.
func (x *Exchange) onOptions(req *sip.Request, tx sip.ServerTransaction) {
	if dialogOf(req).local != "" && x.dialogFor(req, tx) == nil {
		return
	}
	res := sip.NewResponseFromRequest(req, 200, "OK", nil)
	res.AppendHeader(allow())
	_ = tx.Respond(res)
}

// onOther refuses a method that we lack.
func (x *Exchange) onOther(req *sip.Request, tx sip.ServerTransaction) {
	if dialogOf(req).local != "" && x.dialogFor(req, tx) == nil {
		return
	}
	res := sip.NewResponseFromRequest(req, 405, "Method Not Allowed", nil)
	res.AppendHeader(allow())
	_ = tx.Respond(res)
}

// allow names the methods that we know. Source: RFC 3261 §20.5.
func allow() sip.Header { return sip.NewHeader("Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS, REGISTER") }
