"""How HRISs head the columns of their exports."""

MANAGER_ID = "manager_id"
"""An id of the manager that does not say which; the file's own ids decide (`managers`)."""

HEADINGS: dict[str, tuple[str, ...]] = {
    "external_id": (
        "externalid externalemployeeid associateid associateoid aoid workdayid wid bobid"
        " employeeuuid uuid",
        "workerid personid mitarbeiterid",
        "employeeid id",
    ),
    "employee_number": (
        "employee employeenumber employeeno empno empnumber filenumber fileno file staffnumber"
        " personnelnumber personnelno personalnummer personalnr persnr mitarbeiternummer",
        "employeeid empid eeid eid employeecode emplid staffid",
    ),
    "email": (
        "email workemail emailaddress workemailaddress emailprimarywork primaryworkemail"
        " workcontactworkemail workcontactemail companyemail businessemail corporateemail"
        " emailwork emailid emailadresse geschäftlicheemail geschäftlicheemailadresse"
        " dienstlicheemail dienstlicheemailadresse firmenemail",
        "primaryemail primaryemailaddress mail",
    ),
    "user_name": (
        "username userprincipalname upn login loginname loginid benutzername anmeldename"
        " benutzerkennung samaccountname",
    ),
    "given_name": (
        "firstname givenname vorname forename",
        "legalfirstname legalnamefirstname firstnamelegal payrollfirstname legalgivenname",
    ),
    "family_name": (
        "lastname familyname surname nachname familienname",
        "legallastname legalnamelastname lastnamelegal payrolllastname legalfamilyname",
        "preferredlastname preferrednamelastname preferredorchosenlastname",
        "",
        "",
        "name",
    ),
    "full_name": (
        "",
        "",
        "fullname employeename employeefullname workername displayname vollständigername"
        " mitarbeitername anzeigename",
        "worker name legalname legalfullname fulllegalname payrollname mitarbeiter"
        " legalnameingeneraldisplayformat bezeichnung",
        "preferredfullname preferredorchosenname",
    ),
    "preferred_name": (
        "preferredname preferredfirstname preferrednamefirstname preferredorchosenfirstname"
        " firstnamepreferred nickname knownas rufname bevorzugtername bevorzugtervorname",
    ),
    "job_title": (
        "jobtitle businesstitle jobtitledescription positiontitle stellenbezeichnung jobtitel"
        " berufsbezeichnung positionsbezeichnung",
        "position positiondescription jobname designation primaryjob stelle",
        "job jobdescription jobprofile title role",
    ),
    "department": (
        "department departmentname departmentdescription homedepartmentdescription homedepartment"
        " homedepartmentname dept deptname abteilung abteilungsname",
        "supervisoryorganization orgunit organisationseinheit division team bereich",
    ),
    "location": (
        "location locationname locationdescription worklocation worklocationname"
        " worklocationdescription primarylocation primaryworklocation standort arbeitsort",
        "site office officelocation officename büro",
    ),
    "manager_name": (
        "supervisor supervisorname supervisorfullname manager managername managerfullname"
        " reportsto reportstoname reportstofullname reportingto reportstodisplayname"
        " reportingmanager workersmanager workersmanagers linemanager linemanagername"
        " directmanager manager1name vorgesetzter vorgesetzte vorgesetztername"
        " direktervorgesetzter führungskraft",
    ),
    "manager_email": (
        "supervisoremail supervisoremailaddress supervisorworkemail manageremail managersemail"
        " manageremailaddress managerworkemail manageremailprimarywork reportstoemail"
        " reportstoworkemail linemanageremail workersmanageremail vorgesetzteremail"
        " emailvorgesetzter emaildesvorgesetzten vorgesetztenemail führungskraftemail",
    ),
    "manager_employee_number": (
        "supervisoreid supervisoreeid supervisoremployee supervisoremployeenumber"
        " supervisornumber supervisoremployeeid manageremployeenumber manageremployeeid"
        " managernumber managereid manager1employeeid reportstoemployeenumber"
        " reportstoemployeeid reportstofilenumber linemanageremployeenumber"
        " personalnummervorgesetzter personalnummerdesvorgesetzten vorgesetzterpersonalnummer",
    ),
    "manager_external_id": (
        "managerexternalid supervisorexternalid reportstoassociateid managerassociateid"
        " supervisorassociateid reportstoworkerid managerworkerid managerworkdayid managerwid",
    ),
    MANAGER_ID: (
        "managerid managersid supervisorid reportstoid linemanagerid reportingmanagerid"
        " workersmanagerid vorgesetzterid vorgesetztenid führungskraftid",
    ),
    "hired_on": (
        "hiredate hiredon datehired dateofhire startdate employmentstartdate dateofjoining"
        " joiningdate joindate einstellungsdatum anstelldatum anstellungsdatum eintrittsdatum"
        " eintritt startdatum beschäftigungsbeginn",
        "originalhiredate originaldateofhire",
        "hirerehiredate lasthiredate lasthirerehiredate mostrecenthiredate",
    ),
    "rehired_on": (
        "rehiredate rehiredon dateofrehire wiedereintritt wiedereintrittsdatum"
        " wiedereinstellungsdatum",
        "",
        "",
        "hirerehiredate lasthiredate lasthirerehiredate mostrecenthiredate",
    ),
    "ended_on": (
        "terminationdate dateoftermination endedon enddate employmentenddate endofemployment"
        " leavingdate dateofleaving separationdate austrittsdatum austritt beschäftigungsende"
        " endedesarbeitsverhältnisses",
        "lastdayofwork lastworkingday lastdayworked letzterarbeitstag terminationeffectivedate",
    ),
    "employment_status": (
        "employmentstatus employeestatus workerstatus positionstatus lifecyclestatus"
        " employmentstatusdescription employmentstatuscode beschäftigungsstatus"
        " mitarbeiterstatus mitarbeitendenstatus",
    ),
    "account_status": ("status accountstatus", "active activestatus isactive aktiv"),
    "time_zone": ("timezone zeitzone",),
    "locale": ("locale language sprache", "preferredlanguage worklanguage bevorzugtesprache"),
}
"""Headings as `plain` writes them, of BambooHR, Workday, Personio, HiBob, ADP, UKG and common
exports. Those of one line say the same; a later line is read only where no earlier one is there.

Not read, for they say something else: dates a contract runs out or notice was given on, kinds of
employment, private addresses.
"""
