<?xml version="1.0" encoding="UTF-8"?>
<CustomApplication xmlns="http://soap.sforce.com/2006/04/metadata">
    <formFactors>Large</formFactors>
    <isNavAutoTempTabsDisabled>false</isNavAutoTempTabsDisabled>
    <label>Sales Desk</label>
    <navType>Console</navType>
    <tabs>standard-home</tabs>
    <tabs>AC_CtiAdapter__c</tabs>
    <uiType>Lightning</uiType>
    <utilityBar>Sales_Desk_Bar</utilityBar>
    <workspaceConfig>
        <mappings>
            <tab>standard-home</tab>
        </mappings>
        <mappings>
            <tab>AC_CtiAdapter__c</tab>
        </mappings>
    </workspaceConfig>
</CustomApplication>
