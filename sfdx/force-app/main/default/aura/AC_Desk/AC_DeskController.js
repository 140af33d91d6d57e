({
  // The channel works once the component is rendered, and not before.
  rendered: function (component, event, helper) {
    if (component.get('v.isReady')) return;
    component.set('v.isReady', true);
    helper.listen(component);
    helper.tell(component, 'ready', { version: helper.version });
  },

  destroyed: function (component, event, helper) {
    helper.leave();
  },

  heard: function (component, message, helper) {
    var ask = {};
    ['to', 'from', 'id', 'call', 'args'].forEach(function (name) {
      ask[name] = message.getParam(name);
    });
    helper.take(component, ask, function (answer) {
      component.find('channel').publish(answer);
    });
  },

  loggedIn: function (component, event, helper) { helper.pass(component, event, 'omniChannelLoginSuccess'); },
  statusChanged: function (component, event, helper) { helper.pass(component, event, 'omniChannelStatusChanged'); },
  loggedOut: function (component, event, helper) { helper.pass(component, event, 'omniChannelLogout'); },
  workAccepted: function (component, event, helper) { helper.pass(component, event, 'omniChannelWorkAccepted'); },
  workloadChanged: function (component, event, helper) { helper.pass(component, event, 'omniChannelWorkloadChanged'); },
  connectionFailed: function (component, event, helper) { helper.pass(component, event, 'omniChannelConnectionError'); }
})
