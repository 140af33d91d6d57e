package amazonconnect

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/connect"
	"github.com/aws/aws-sdk-go-v2/service/connect/types"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// AgentStatus is one entry of the agents' status menu.
type AgentStatus struct{ ID, Name string }

// AgentStatuses lists the instance's statuses, the system's own left out.
func (c *Client) AgentStatuses(ctx context.Context, instanceID string) ([]AgentStatus, error) {
	var all []AgentStatus
	pages := connect.NewListAgentStatusesPaginator(c.api, &connect.ListAgentStatusesInput{InstanceId: &instanceID})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list agent statuses: %w", err)
		}
		for _, s := range page.AgentStatusSummaryList {
			all = append(all, AgentStatus{ID: aws.ToString(s.Id), Name: aws.ToString(s.Name)})
		}
	}
	return all, nil
}

// CreateAgentStatus adds an enabled status. One of that name that is there already changes nothing.
func (c *Client) CreateAgentStatus(ctx context.Context, instanceID, name, description string) error {
	_, err := c.api.CreateAgentStatus(ctx, &connect.CreateAgentStatusInput{
		InstanceId: &instanceID, Name: &name, Description: &description, State: types.AgentStatusStateEnabled,
	})
	if _, already := errors.AsType[*types.DuplicateResourceException](err); err != nil && !already {
		return fmt.Errorf("create agent status %s: %w", name, err)
	}
	return nil
}

// AgentStatusEnabled says whether a status is in the agents' menu; the list of statuses does not.
func (c *Client) AgentStatusEnabled(ctx context.Context, instanceID, id string) (bool, error) {
	got, err := c.api.DescribeAgentStatus(ctx, &connect.DescribeAgentStatusInput{InstanceId: &instanceID, AgentStatusId: &id})
	if err != nil {
		return false, fmt.Errorf("describe agent status %s: %w", id, err)
	}
	return got.AgentStatus != nil && got.AgentStatus.State == types.AgentStatusStateEnabled, nil
}

// EnableAgentStatus puts a status back into the agents' menu.
func (c *Client) EnableAgentStatus(ctx context.Context, instanceID, id string) error {
	return c.setStatus(ctx, instanceID, id, types.AgentStatusStateEnabled)
}

// DisableAgentStatus takes a status out of the agents' menu; the service has no way to delete one.
func (c *Client) DisableAgentStatus(ctx context.Context, instanceID, id string) error {
	return c.setStatus(ctx, instanceID, id, types.AgentStatusStateDisabled)
}

func (c *Client) setStatus(ctx context.Context, instanceID, id string, state types.AgentStatusState) error {
	_, err := c.api.UpdateAgentStatus(ctx, &connect.UpdateAgentStatusInput{InstanceId: &instanceID, AgentStatusId: &id, State: state})
	if err != nil {
		return fmt.Errorf("set agent status %s to %s: %w", id, state, err)
	}
	return nil
}

// Numbers lists the telephone numbers that lead to the instance, E.164.
func (c *Client) Numbers(ctx context.Context, instanceARN string) ([]string, error) {
	var all []string
	pages := connect.NewListPhoneNumbersV2Paginator(c.api, &connect.ListPhoneNumbersV2Input{TargetArn: &instanceARN})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list phone numbers: %w", err)
		}
		for _, n := range page.ListPhoneNumbersSummaryList {
			all = append(all, aws.ToString(n.PhoneNumber))
		}
	}
	return all, nil
}

// ErrorCode is the service's own name of what went wrong; "" for another error.
func ErrorCode(err error) string {
	if coded, ok := errors.AsType[interface {
		error
		ErrorCode() string
	}](err); ok {
		return coded.ErrorCode()
	}
	return ""
}

// ServerFault says that the service failed by its own fault: what was asked may have been done.
func ServerFault(err error) bool {
	if failed, ok := errors.AsType[smithy.APIError](err); ok && failed.ErrorFault() == smithy.FaultServer {
		return true
	}
	answer, ok := errors.AsType[*smithyhttp.ResponseError](err)
	return ok && answer.Response != nil && answer.HTTPStatusCode() >= http.StatusInternalServerError
}

// Operation names the operation of the service that an error is about, such as ListUsers; "" if it is about none.
func Operation(err error) string {
	if failed, ok := errors.AsType[*smithy.OperationError](err); ok {
		return failed.OperationName
	}
	return ""
}
