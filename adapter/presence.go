package adapter

import (
	"context"
	"errors"
	"time"

	"github.com/patchcord/patchcord/adapter/effect"
	"github.com/patchcord/patchcord/adapter/fact"
	"github.com/patchcord/patchcord/adapter/presence"
	"github.com/patchcord/patchcord/adapter/run"
	"github.com/patchcord/patchcord/adapter/store"
	"github.com/patchcord/patchcord/adapter/told"
	"github.com/patchcord/patchcord/adapter/wire"
	"github.com/patchcord/patchcord/salesforce"
)

func (a *Adapter) newPresence() *effect.Presence {
	return effect.NewPresence(effect.PresenceConfig{
		Store: store.Held{Store: a.store}, Hub: a.hub, StatusID: a.statusID, Says: a.says, Notify: a.hub.Notify, Clock: a.cfg.Clock,
		Took: func(d time.Duration) { a.metrics.presence.Observe(d.Seconds()) },
	})
}

// says says whether a user's rules still have a change made.
func (a *Adapter) says(userID string, set presence.Set) bool {
	record, _, known := a.records.Known(userID)
	return !known || set.SaidBy(record.Presence.Works())
}

// reads takes in how an agent stands in Omni-Channel as a page reads it; what is not taken in is read again with the next welcome.
func (a *Adapter) reads(ctx context.Context, userID string, r wire.Presence) error {
	err := a.heart.Presence(ctx, userID, r)
	if _, refused := errors.AsType[*fact.Refused](err); refused {
		return nil
	}
	return err
}

// statusID finds a status of Omni-Channel by its developer name or id; "" if there is none. One that has just been made is read.
func (a *Adapter) statusID(ctx context.Context, userID, name string) (string, error) {
	record, err, known := a.records.Known(userID)
	if err == nil && known {
		if s, ok := record.Presence.Status(name); ok {
			return s.ID, nil
		}
	}
	client, err := a.reading(ctx, userID)
	if err != nil {
		return "", err
	}
	found, err := salesforce.Query[struct{ Id string }](ctx, client,
		"SELECT Id FROM ServicePresenceStatus WHERE DeveloperName = "+salesforce.Quote(name)+" LIMIT 1")
	if salesforce.IsCode(err, "INVALID_TYPE") || err == nil && len(found) == 0 {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return found[0].Id, nil
}

// acceptedWork is what follows of work that an agent has accepted.
func (a *Adapter) acceptedWork(ctx context.Context, h *run.Hand) run.Next {
	return a.heart.Worker(a.workChannel, a.presence.Again)(ctx, h)
}

// workChannel is the developer name of the service channel by which work came; "" for work that is not there any more.
func (a *Adapter) workChannel(ctx context.Context, userID, workID string) (string, error) {
	client, err := a.reading(ctx, userID)
	if err != nil {
		return "", err
	}
	type work struct {
		ServiceChannel struct{ DeveloperName string }
	}
	found, err := salesforce.Query[work](ctx, client,
		"SELECT ServiceChannel.DeveloperName FROM AgentWork WHERE Id = "+salesforce.Quote(workID)+" LIMIT 1")
	if err != nil || len(found) == 0 {
		return "", err
	}
	return found[0].ServiceChannel.DeveloperName, nil
}

// goesOn takes back what an agent was told when the presences were not kept in step any more.
func (a *Adapter) goesOn(userID string) { a.hub.Over(userID, told.CodePresenceStopped) }

// stopped tells an agent that the presences are not kept in step any more.
func (a *Adapter) stopped(userID string) {
	said := told.Say(told.CodePresenceStopped, nil)
	a.hub.Notify(userID, wire.Notice{Level: "warning", Text: said.Text, Code: said.Code})
	a.cfg.Log.Warn("presences changed too often: they are not kept in step any more", "agent", userID)
}
