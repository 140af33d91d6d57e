package voice

import (
	"context"

	"github.com/google/uuid"

	"github.com/patchcord/patchcord/sandbox/connect"
	"github.com/patchcord/patchcord/sandbox/telephony"
)

// Invite brings an agent's audio for a contact and answers it; peer names it. Audio stays apart until the contact is accepted. A second
// invitation replaces the first: it is the tab that has just won the softphone, or a page that was loaded again.
func (v *Voice) Invite(ctx context.Context, agent connect.AgentID, id connect.ContactID,
	offer telephony.Offer) (answer telephony.Answer, peer string, err error) {
	holder, ok := v.centre.AgentOf(id)
	switch {
	case !ok || v.ctx.Err() != nil:
		return telephony.Answer{}, "", ErrNoCall
	case holder != agent:
		return telephony.Answer{}, "", ErrNotYours
	case v.centre.UsesDeskPhone(id):
		return telephony.Answer{}, "", ErrNoCall
	}
	v.mu.Lock()
	k, known := v.calls[id]
	if !known {
		k = &call{id: id, stage: dialling}
		v.calls[id] = k
	}
	if k.customer != nil {
		offer.Codec = k.customer.Codec()
	}
	v.mu.Unlock()
	leg, answer, err := v.exchange.AnswerOffer(ctx, offer)
	if err != nil {
		v.dropEndedAudio(id)
		return telephony.Answer{}, "", err
	}
	v.mu.Lock()
	if v.calls[id] != k {
		v.mu.Unlock()
		leg.Close()
		return telephony.Answer{}, "", ErrNoCall
	}
	old := k.agent
	k.agent, k.peer = leg, uuid.NewString()
	peer = k.peer
	k.render()
	v.mu.Unlock()
	if old != nil {
		old.Close()
	}
	v.work.Go(func() { v.watch(id, peer, leg) })
	v.centre.AgentAudio(id)
	v.dropEndedAudio(id)
	return answer, peer, nil
}

// dropEndedAudio ends the audio of a contact that ended while its agent's audio came.
func (v *Voice) dropEndedAudio(id connect.ContactID) {
	if _, live := v.centre.AgentOf(id); !live {
		v.with(id, func(k *call) {
			if k.customer == nil {
				k.dropAgent()
				delete(v.calls, id)
			}
		})
	}
}

// watch waits until an agent's audio is gone.
func (v *Voice) watch(id connect.ContactID, peer string, leg telephony.BrowserLeg) {
	select {
	case <-leg.Lost():
		v.loseAgentAudio(id, peer)
	case <-v.ctx.Done():
	}
}

// loseAgentAudio takes an agent's audio out of its contact, unless another took its place before.
func (v *Voice) loseAgentAudio(id connect.ContactID, peer string) {
	v.mu.Lock()
	k, ok := v.calls[id]
	if !ok || k.agent == nil || peer != k.peer {
		v.mu.Unlock()
		return
	}
	k.dropAgent()
	v.mu.Unlock()
	v.centre.AgentAudioLost(id)
}

// Bye ends an agent's audio for a contact from the browser's side. It may come back; what another tab has taken over stays. A client
// that does not name its audio means the latest.
func (v *Voice) Bye(agent connect.AgentID, id connect.ContactID, peer string) {
	if holder, ok := v.centre.AgentOf(id); !ok || holder != agent {
		return
	}
	if peer == "" {
		v.mu.Lock()
		if k, ok := v.calls[id]; ok {
			peer = k.peer
		}
		v.mu.Unlock()
	}
	v.loseAgentAudio(id, peer)
}
